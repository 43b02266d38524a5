package dev.certwright.cli.demo;

import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.Version;
import dev.certwright.cli.demo.DemoClient.Outcome;
import dev.certwright.cli.demo.DemoClient.Question;
import dev.certwright.cli.serve.MadeCertificate;
import dev.certwright.ledger.file.FileLedger;
import dev.certwright.rbac.manifest.DefaultRoles;
import dev.certwright.revocation.live.LedgerFollower;
import dev.certwright.server.CertwrightServer;
import dev.certwright.server.ServerException;
import dev.certwright.server.ServerSettings;
import dev.certwright.server.policy.ManifestSettings;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PortableCryptography;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

/** The story, step by step, each with the command that a user would type. */
public final class Demo {
  // What brancz has after the first certificate was taken back.
  private static final String RENEWED = "clients/new/brancz";

  private final Console console;
  private final boolean keeping;
  private final long started = System.nanoTime();

  /**
   * Tells it here.
   *
   * @param keeping whether the server stays until it is interrupted
   */
  public Demo(Console console, boolean keeping) {
    this.console = console;
    this.keeping = keeping;
  }

  /**
   * Tells it, and cleans up whatever happens.
   *
   * @throws CommandException if anything went otherwise than it should
   */
  public void run() {
    Path folder;
    try {
      folder = Files.createTempDirectory("certwright-demo");
    } catch (IOException failed) {
      throw new CommandException(
          ExitCode.OUTSIDE, "no temporary folder can be made: " + failed.getMessage(), "");
    }
    Thread cleaner = new Thread(() -> deleteTree(folder));
    Runtime.getRuntime().addShutdownHook(cleaner);
    try {
      tell(folder);
    } catch (IOException | ServerException failed) {
      throw new CommandException(
          ExitCode.OUTSIDE, "the demo cannot go on: " + failed.getMessage(), "");
    } finally {
      deleteTree(folder);
      removeHook(cleaner);
    }
  }

  private static void removeHook(Thread cleaner) {
    try {
      Runtime.getRuntime().removeShutdownHook(cleaner);
    } catch (IllegalStateException endingAlready) {
      // Then it runs, and finds nothing.
    }
  }

  private void tell(Path folder) throws IOException {
    Stage stage = new Stage(console, folder);
    stage.say(
        "Certwright gives people access to Kubernetes with client certificates. This demo uses a");
    stage.say("CA and a server of its own in a temporary folder, and removes them when it ends.");

    stage.step("A CA. A real cluster has one already: ca.crt and ca.key in /etc/kubernetes/pki.");
    stage.command("ca", "init");
    AuthorityFiles files = AuthorityFiles.in(folder.resolve("pki"));
    CertificateAuthority authority = files.load(new PortableCryptography(), PasswordSource.NONE);
    DemoManifests.write(folder);
    try (MadeCertificate serving = MadeCertificate.sign(authority, null);
        LedgerFollower follower = follow(folder);
        CertwrightServer server = start(folder, files, serving, follower)) {
      stage.step("A server that lets this CA's clients in, with a role for brancz and two pods.");
      stage.typed(
          "certwright serve -f "
              + DemoManifests.POLICY
              + " -f "
              + DemoManifests.PODS
              + " --secure-port "
              + server.address().getPort());
      stage.say("  serving on " + server.url());
      DemoClient client = client(folder, server.url(), authority);
      act(stage, folder, server.url(), authority, client);
      takeBack(stage, folder, server.url(), client, follower);
      if (keeping) {
        keep(stage, folder, server.url());
        return;
      }
    }
    stage.say("");
    stage.say(
        "That was all, in "
            + Math.round((System.nanoTime() - started) / 1e8) / 10.0
            + " s; everything is removed again. Next:");
    stage.say("  certwright ca init");
    stage.say("  certwright issue jane devs --server https://10.0.0.1:6443");
    stage.say("  certwright demo --keep      to look around on this server yourself");
  }

  private void act(
      Stage stage, Path folder, String url, CertificateAuthority authority, DemoClient client)
      throws IOException {
    stage.step("Access for brancz, who is in the group read-only-users.");
    stage.command("issue", "brancz", "read-only-users", "--server", url);
    stage.step("Whom kube-apiserver will see, and what is odd about it.");
    stage.command("inspect", "clients/brancz/client.crt", "--client-ca", "pki/ca.crt");

    stage.step("Who am I? Asked over mutual TLS, by " + client.description() + ".");
    ask(stage, client, folder, Question.WHO_AM_I, "clients/brancz", Outcome.ALLOWED);
    stage.step("brancz may list pods.");
    ask(stage, client, folder, Question.LIST_PODS, "clients/brancz", Outcome.ALLOWED);
    stage.step("But not delete one.");
    ask(stage, client, folder, Question.DELETE_POD, "clients/brancz", Outcome.FORBIDDEN);
    stage.step("Why not?");
    stage.refused(
        "can-i",
        "delete",
        "pods",
        "web",
        "-f",
        DemoManifests.POLICY,
        "--as-cert",
        "clients/brancz/client.crt",
        "--explain");

    stage.step("jane has a certificate and no binding: known, and forbidden.");
    stage.command("issue", "jane", "--server", url);
    ask(stage, client, folder, Question.LIST_PODS, "clients/jane", Outcome.FORBIDDEN);

    stage.step("A certificate of another CA that calls itself brancz: unauthorized.");
    stage.command("ca", "init", "--ca", "other-pki");
    stage.command(
        "issue",
        "brancz",
        "read-only-users",
        "--ca",
        "other-pki",
        "--cluster-ca",
        "pki/ca.crt",
        "--out",
        "other",
        "--server",
        url);
    ask(stage, client, folder, Question.LIST_PODS, "other/brancz", Outcome.UNAUTHORIZED);

    stage.step("brancz when the day is over: the certificate has ended, and so has the access.");
    ExpiredClient.write(
        authority, "brancz", "read-only-users", url, folder.resolve("clients/expired"));
    ask(stage, client, folder, Question.LIST_PODS, "clients/expired", Outcome.UNAUTHORIZED);

    stage.step("And what Certwright will not sign: nobody could ever take this one back.");
    stage.refused("issue", "joe", "system:masters", "--server", url);
  }

  private void takeBack(
      Stage stage, Path folder, String url, DemoClient client, LedgerFollower follower) {
    stage.step("But brancz' can be taken back: the laptop is lost, and there is a new one.");
    stage.command("issue", "brancz", "read-only-users", "--out", "clients/new", "--server", url);
    stage.command("revoke", "clients/brancz/kubeconfig", "--yes", "--reason", "lost");
    // It looks at the ledger ten times a second; nobody has to wait for that.
    follower.refresh();
    stage.step("The next request is refused ...");
    ask(stage, client, folder, Question.LIST_PODS, "clients/brancz", Outcome.FORBIDDEN);
    stage.step("... and the other certificate of the same person still works.");
    ask(stage, client, folder, Question.LIST_PODS, RENEWED, Outcome.ALLOWED);
  }

  /** The ledger that the commands of the demo write, and that they publish to no file. */
  private static LedgerFollower follow(Path folder) throws IOException {
    Path home = Files.createDirectories(folder.resolve(Stage.HOME));
    Files.writeString(
        home.resolve("outlets.yaml"),
        "apiVersion: certwright.dev/v1alpha1\n"
            + "kind: RevocationOutlets\n"
            + "servers:\n"
            + "- name: demo\n");
    LedgerFollower follower =
        new LedgerFollower(
            new FileLedger(home, "demo", Clock.systemUTC(), FileLedger.PATIENCE),
            Clock.systemUTC());
    follower.refresh();
    follower.start(Duration.ofMillis(100));
    return follower;
  }

  private static CertwrightServer start(
      Path folder, AuthorityFiles files, MadeCertificate serving, LedgerFollower follower)
      throws IOException {
    return CertwrightServer.start(
        ServerSettings.builder(serving.files(), files.certificate())
            .manifests(
                ManifestSettings.of(
                    List.of(
                        folder.resolve(DemoManifests.POLICY).toString(),
                        folder.resolve(DemoManifests.PODS).toString()),
                    DefaultRoles.newest()))
            .version(Version.text())
            .restrictions(follower)
            .build(),
        new byte[0]);
  }

  private DemoClient client(Path folder, String url, CertificateAuthority authority)
      throws IOException {
    DemoClient kubectl =
        KubectlClient.find(console.environment(), Files.createDirectory(folder.resolve("home")));
    return kubectl == null ? new OwnClient(url, authority.certificate()) : kubectl;
  }

  private void ask(
      Stage stage,
      DemoClient client,
      Path folder,
      Question question,
      String who,
      Outcome expected) {
    stage.typed(client.typed(question, who));
    DemoClient.Answer answer = client.ask(question, folder.resolve(who));
    for (String line : answer.text().split("\n", -1)) {
      if (!line.isBlank()) {
        stage.say("  " + (answer.outcome() == Outcome.ALLOWED ? line : console.bad(line)));
      }
    }
    if (answer.outcome() != expected) {
      throw new CommandException(
          ExitCode.OUTSIDE,
          "this was expected to be "
              + expected.name().toLowerCase(java.util.Locale.ROOT)
              + " and was "
              + answer.outcome().name().toLowerCase(java.util.Locale.ROOT),
          "");
    }
  }

  private static void keep(Stage stage, Path folder, String url) {
    stage.step("The server stays at " + url + " until you press Ctrl-C. Try");
    stage.say("  export KUBECONFIG=" + folder.resolve(RENEWED + "/kubeconfig"));
    stage.say("  kubectl get pods -A --watch");
    stage.say("  kubectl auth can-i --list");
    stage.say("  kubectl delete pod web");
    stage.say("and change what is read again as you save it:");
    stage.say("  " + folder.resolve(DemoManifests.POLICY));
    stage.say("  " + folder.resolve(DemoManifests.PODS));
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
    }
  }

  private static void deleteTree(Path folder) {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException | java.io.UncheckedIOException gone) {
      // Removed already, by the other of the two callers.
    }
  }
}

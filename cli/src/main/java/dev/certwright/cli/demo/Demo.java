package dev.certwright.cli.demo;

import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.Main;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PortableCryptography;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The story, step by step, each with the command that a user would type. */
public final class Demo {
  private final Console console;
  private final long started = System.nanoTime();

  /** Tells it here. */
  public Demo(Console console) {
    this.console = console;
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
    } finally {
      deleteTree(folder);
      Runtime.getRuntime().removeShutdownHook(cleaner);
    }
  }

  private void tell(Path folder) {
    String ca = folder.resolve("pki").toString();
    String clients = folder.resolve("clients").toString();
    say(
        "Certwright gives people access to Kubernetes with client certificates. This demo uses a CA");
    say("and a server of its own in " + folder + ", and removes them when it ends.");

    step("A CA. A real cluster has one already: ca.crt and ca.key in /etc/kubernetes/pki.");
    command(List.of("ca", "init", "--ca", ca));

    AuthorityFiles files = AuthorityFiles.in(Path.of(ca));
    Certificate authority = files.readCertificates().get(0);
    try (DemoServer server =
        DemoServer.start(files.load(new PortableCryptography(), PasswordSource.NONE))) {
      String url = server.url();
      step("Access for brancz, who is in the group read-only-users.");
      command(
          List.of(
              "issue", "brancz", "read-only-users", "--ca", ca, "--out", clients, "--server", url));

      step("What was made, and whom kube-apiserver will see.");
      command(List.of("inspect", clients + "/brancz/client.crt", "--client-ca", ca + "/ca.crt"));

      step("A server that trusts this CA is asked who we are, over mutual TLS, as kubectl would.");
      Path brancz = Path.of(clients, "brancz");
      say(
          "  $ curl --cacert "
              + ca
              + "/ca.crt --cert "
              + brancz
              + "/client.crt --key "
              + brancz
              + "/client.key "
              + url
              + "/whoami");
      expect(DemoClient.get(url, authority, brancz), 200);

      step("The same with a certificate of another CA, which calls itself brancz too.");
      String otherCa = folder.resolve("other-pki").toString();
      String otherClients = folder.resolve("other-clients").toString();
      command(List.of("ca", "init", "--ca", otherCa));
      command(
          List.of(
              "issue",
              "brancz",
              "system:masters",
              "--allow-system-masters",
              "--ca",
              otherCa,
              "--out",
              otherClients,
              "--server",
              url));
      expect(DemoClient.get(url, authority, Path.of(otherClients, "brancz")), 401);
    }
    step("And what Certwright will not sign: nobody could ever take this one back.");
    say("  $ certwright issue brancz system:masters");
    console.flush();
    int refused =
        Main.run(
            List.of("issue", "brancz2", "system:masters", "--ca", ca, "--out", clients), console);
    if (refused != ExitCode.NO) {
      throw new CommandException(ExitCode.BUG, "system:masters was not refused", "");
    }
    say("");
    say(
        "That was all, in "
            + Math.round((System.nanoTime() - started) / 1e8) / 10.0
            + " s; everything is removed again. Next:");
    say("  certwright ca init");
    say("  certwright issue jane devs --server https://10.0.0.1:6443");
  }

  private void command(List<String> words) {
    say("  $ certwright " + String.join(" ", words));
    console.flush();
    int exitCode = Main.run(words, console);
    if (exitCode != ExitCode.OK) {
      throw new CommandException(exitCode, "this step of the demo failed", "");
    }
  }

  private void expect(DemoClient.Answer answer, int status) {
    if (answer.status() != status) {
      throw new CommandException(
          ExitCode.OUTSIDE,
          "the server was expected to answer " + status + " and answered " + answer.status(),
          answer.body());
    }
    String text = "HTTP " + answer.status();
    say(
        "  "
            + (status == 200 ? console.good(text) : console.bad(text))
            + "  "
            + answer.body().strip());
  }

  private void step(String what) {
    say("");
    say(console.bold(what));
  }

  private void say(String text) {
    console.out().print(text + "\n");
  }

  private static void deleteTree(Path folder) {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException gone) {
      // Removed already, by the other of the two callers.
    }
  }
}

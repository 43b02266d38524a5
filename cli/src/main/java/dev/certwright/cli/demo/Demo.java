package dev.certwright.cli.demo;

import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PortableCryptography;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
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
    Stage stage = new Stage(console, folder);
    stage.say(
        "Certwright gives people access to Kubernetes with client certificates. This demo uses a");
    stage.say("CA and a server of its own in a temporary folder, and removes them when it ends.");

    stage.step("A CA. A real cluster has one already: ca.crt and ca.key in /etc/kubernetes/pki.");
    stage.command("ca", "init");

    Path ca = folder.resolve("pki");
    AuthorityFiles files = AuthorityFiles.in(ca);
    Certificate authority = files.readCertificates().get(0);
    try (DemoServer server =
        DemoServer.start(files.load(new PortableCryptography(), PasswordSource.NONE))) {
      String url = server.url();
      stage.step("Access for brancz, who is in the group read-only-users.");
      stage.command("issue", "brancz", "read-only-users", "--server", url);

      stage.step("What was made, and whom kube-apiserver will see.");
      stage.command("inspect", "clients/brancz/client.crt", "--client-ca", "pki/ca.crt");

      stage.step(
          "A server that trusts this CA is asked who we are, over mutual TLS, as kubectl would.");
      String curl = "curl --cacert pki/ca.crt --cert %s/client.crt --key %s/client.key %s/whoami";
      stage.typed(
          curl.replaceFirst("%s", "clients/brancz")
              .replaceFirst("%s", "clients/brancz")
              .replaceFirst("%s", url));
      expect(DemoClient.get(url, authority, folder.resolve("clients/brancz")), 200);

      stage.step("The same with a certificate of another CA, which calls itself brancz too.");
      stage.command("ca", "init", "--ca", "other-pki");
      stage.command(
          "issue",
          "brancz",
          "read-only-users",
          "--ca",
          "other-pki",
          "--out",
          "other",
          "--server",
          url);
      stage.typed(
          curl.replaceFirst("%s", "other/brancz")
              .replaceFirst("%s", "other/brancz")
              .replaceFirst("%s", url));
      expect(DemoClient.get(url, authority, folder.resolve("other/brancz")), 401);
      stage.step("And what Certwright will not sign: nobody could ever take this one back.");
      stage.refused("issue", "joe", "system:masters", "--server", url);
    }
    stage.say("");
    stage.say(
        "That was all, in "
            + Math.round((System.nanoTime() - started) / 1e8) / 10.0
            + " s; everything is removed again. Next:");
    stage.say("  certwright ca init");
    stage.say("  certwright issue jane devs --server https://10.0.0.1:6443");
  }

  private void expect(DemoClient.Answer answer, int status) {
    if (answer.status() != status) {
      throw new CommandException(
          ExitCode.OUTSIDE,
          "the server was expected to answer " + status + " and answered " + answer.status(),
          answer.body());
    }
    String text = "HTTP " + answer.status();
    console
        .out()
        .print(
            "  "
                + (status == 200 ? console.good(text) : console.bad(text))
                + "  "
                + answer.body().strip()
                + "\n");
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

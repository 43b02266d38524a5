package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CaTest {
  @TempDir Path folder;

  private String ca() {
    return folder.resolve("pki").toString();
  }

  @ParameterizedTest
  @ValueSource(strings = {"p-256", "p-384", "ed25519", "rsa-2048"})
  void newAuthorityIsWhatOpensslCallsOne(String type) throws IOException {
    assertThat(Run.certwright("ca", "init", "--ca", ca(), "--key-type", type).exitCode()).isZero();

    String text = Shell.run(folder, "openssl", "x509", "-in", "pki/ca.crt", "-noout", "-text");
    assertThat(text)
        .contains("CA:TRUE, pathlen:0")
        .contains("Certificate Sign, CRL Sign")
        .contains("X509v3 Key Usage: critical");
    Shell.run(folder, "openssl", "pkey", "-in", "pki/ca.key", "-check", "-noout");
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(folder.resolve("pki/ca.key"))))
        .isEqualTo("rw-------");
    assertThat(Run.certwright("issue", "jane", "--ca", ca(), "--dry-run").exitCode()).isZero();
  }

  @Test
  void existingAuthorityIsNeverOverwritten() throws IOException {
    Run.certwright("ca", "init", "--ca", ca());
    byte[] before = Files.readAllBytes(folder.resolve("pki/ca.key"));

    Run again = Run.certwright("ca", "init", "--ca", ca());

    assertThat(again.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(again.err()).contains("exists already");
    assertThat(Files.readAllBytes(folder.resolve("pki/ca.key"))).isEqualTo(before);
  }

  @Test
  void keyAloneIsNotOverwrittenEither() throws IOException {
    Files.createDirectory(folder.resolve("pki"));
    Files.writeString(folder.resolve("pki/ca.key"), "precious");

    assertThat(Run.certwright("ca", "init", "--ca", ca()).exitCode()).isEqualTo(ExitCode.NO);
    assertThat(folder.resolve("pki/ca.crt")).doesNotExist();
    assertThat(Files.readString(folder.resolve("pki/ca.key"))).isEqualTo("precious");
  }

  @Test
  void keyWithoutItsCertificateIsToldWithTheSameWayOutWhateverIsAsked() throws IOException {
    Files.createDirectory(folder.resolve("pki"));
    Files.writeString(folder.resolve("pki/ca.key"), "precious");

    Run init = Run.certwright("ca", "init", "--ca", ca());
    Run issue = Run.certwright("issue", "jane", "--ca", ca(), "--dry-run");

    assertThat(init.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(issue.exitCode()).isEqualTo(ExitCode.USAGE);
    for (Run run : new Run[] {init, issue}) {
      assertThat(run.err())
          .contains("pki/ca.key is there without ca.crt")
          .contains("move it away")
          .contains("--ca DIR");
    }
    Files.move(folder.resolve("pki/ca.key"), folder.resolve("away"));
    assertThat(Run.certwright("ca", "init", "--ca", ca()).exitCode()).isZero();
  }

  @Test
  void newAuthorityRemovesWhatAKilledOneLeftAndNamesWhatItMayNotRemove() throws IOException {
    Path pki = Files.createDirectory(folder.resolve("pki"));
    Files.setPosixFilePermissions(pki, PosixFilePermissions.fromString("rwx------"));
    Path left = Files.writeString(pki.resolve(".ca.key.5cf99f26da5a4161"), "a key");
    Path link = Files.createSymbolicLink(pki.resolve(".ca.key.0123456789abcdef"), left);

    Run run = Run.certwright("ca", "init", "--ca", ca());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(left).doesNotExist();
    assertThat(link).isSymbolicLink();
    assertThat(run.err()).contains(link + " was left by a ca init that was killed");
  }

  @Test
  void encryptedKeyOpensWithItsPasswordOnly() throws IOException {
    Path password = folder.resolve("password");
    Files.writeString(password, "correct horse\n");
    Path wrong = folder.resolve("wrong");
    Files.writeString(wrong, "battery staple\n");

    Run made =
        Run.certwright("ca", "init", "--ca", ca(), "--ca-password-file", password.toString());

    assertThat(made.exitCode()).as(made.err()).isZero();
    assertThat(Files.readString(folder.resolve("pki/ca.key")))
        .startsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----");
    Shell.run(
        folder, "openssl", "pkey", "-in", "pki/ca.key", "-passin", "pass:correct horse", "-noout");
    String[] issue = {
      "issue", "jane", "--ca", ca(), "--dry-run", "--ca-password-file", password.toString()
    };
    assertThat(Run.certwright(issue).exitCode()).isZero();
    issue[6] = wrong.toString();
    Run refused = Run.certwright(issue);
    assertThat(refused.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err()).contains("the password does not open").doesNotContain("battery");
    Run none = Run.certwright("issue", "jane", "--ca", ca(), "--dry-run");
    assertThat(none.err()).contains("no password was given").contains("--ca-password-file");
  }

  @Test
  void authorityOfOpensslIsUsedAsItLies() {
    Shell.run(
        folder,
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "k.pem",
        "-out",
        "c.pem",
        "-subj",
        "/CN=kubernetes",
        "-days",
        "3650");

    Run run =
        Run.certwright(
            "issue",
            "jane",
            "devs",
            "--ca-cert",
            folder.resolve("c.pem").toString(),
            "--ca-key",
            folder.resolve("k.pem").toString(),
            "--out",
            folder.resolve("clients").toString(),
            "-s",
            "https://x");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(
            Shell.run(
                folder,
                "openssl",
                "verify",
                "-CAfile",
                "c.pem",
                "-purpose",
                "sslclient",
                "clients/jane/client.crt"))
        .contains("OK");
  }

  @Test
  void keyOfAnotherAuthorityIsRefused() {
    Run.certwright("ca", "init", "--ca", ca());
    Run.certwright("ca", "init", "--ca", folder.resolve("other").toString());

    Run run =
        Run.certwright(
            "issue",
            "jane",
            "--ca-cert",
            ca() + "/ca.crt",
            "--ca-key",
            folder.resolve("other/ca.key").toString());

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.err()).contains("the private key does not belong to the CA certificate");
  }

  @Test
  void certificateThatIsNoAuthorityIsRefusedAndShown() {
    Shell.run(
        folder,
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "ca.key",
        "-out",
        "ca.crt",
        "-subj",
        "/CN=web",
        "-addext",
        "basicConstraints=critical,CA:FALSE");

    Run issue = Run.certwright("issue", "jane", "--ca", folder.toString(), "--dry-run");
    Run show = Run.certwright("ca", "show", "--ca", folder.toString(), "-o", "json");

    assertThat(issue.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(issue.err()).contains("[ca-not-a-ca]");
    assertThat(show.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(show.out()).contains("\"rule\": \"ca-not-a-ca\"");
  }

  @Test
  void showSaysWhatItIs() {
    Run.certwright("ca", "init", "--ca", ca(), "--name", "prod-ca");

    Run show = Run.certwright("ca", "show", "--ca", ca());

    assertThat(show.exitCode()).isZero();
    assertThat(show.out())
        .contains("CN=prod-ca")
        .contains("ECDSA P-256")
        .contains("belongs to the certificate");
  }
}

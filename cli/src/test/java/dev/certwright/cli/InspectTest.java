package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InspectTest {
  @TempDir Path folder;
  private String ca;

  @BeforeEach
  void issue() {
    ca = folder.resolve("pki").toString();
    Run.certwright("ca", "init", "--ca", ca);
    Run run =
        Run.certwright(
            "issue",
            "jane",
            "devs",
            "--uid",
            "u-1",
            "--ca",
            ca,
            "--out",
            folder.resolve("clients").toString(),
            "-s",
            "https://x");
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private String file(String name) {
    return folder.resolve(name).toString();
  }

  private static Run inspect(String... words) {
    String[] all = new String[words.length + 1];
    all[0] = "inspect";
    System.arraycopy(words, 0, all, 1, words.length);
    return Run.certwright(all);
  }

  @Test
  void whatIssueMadeHasNoFindings() {
    for (String name : new String[] {"client.crt", "client.csr", "client.key", "kubeconfig"}) {
      Run run = inspect(file("clients/jane/" + name), "--client-ca", ca + "/ca.crt", "-o", "json");

      assertThat(run.exitCode()).as(name + run.out()).isZero();
      assertThat(run.out()).contains("\"findings\": []").doesNotContain("\"problem\"");
    }
  }

  @Test
  void privateKeysAreNeverPrinted() throws IOException {
    String key = Files.readString(folder.resolve("clients/jane/client.key"));
    String secret = key.lines().skip(1).findFirst().orElseThrow();
    for (String name : new String[] {"client.key", "kubeconfig"}) {
      for (String format : new String[] {"table", "json", "yaml"}) {
        assertThat(inspect(file("clients/jane/" + name), "-o", format).out())
            .doesNotContain(secret)
            .contains("ECDSA P-256");
      }
    }
  }

  @Test
  void credentialIdIsTheHashOfTheDer() {
    String der =
        Shell.run(
            folder,
            "sh",
            "-c",
            "openssl x509 -in clients/jane/client.crt -outform der | openssl dgst -sha256 -r");

    assertThat(inspect(file("clients/jane/client.crt")).out())
        .contains("X509SHA256=" + der.substring(0, 64))
        .contains("u-1");
  }

  @Test
  void derIsReadLikePem() {
    Shell.run(
        folder,
        "openssl",
        "x509",
        "-in",
        "clients/jane/client.crt",
        "-outform",
        "der",
        "-out",
        "c.der");
    Shell.run(
        folder,
        "openssl",
        "req",
        "-in",
        "clients/jane/client.csr",
        "-outform",
        "der",
        "-out",
        "r.der");
    Shell.run(
        folder,
        "openssl",
        "ec",
        "-in",
        "clients/jane/client.key",
        "-outform",
        "der",
        "-out",
        "k.der");
    Shell.run(folder, "chmod", "600", "k.der");

    assertThat(inspect(file("c.der")).out()).startsWith("certificate (").contains("jane");
    assertThat(inspect(file("r.der")).out()).startsWith("certificate request (").contains("jane");
    Run key = inspect(file("k.der"));
    assertThat(key.out()).startsWith("private key (");
    assertThat(key.exitCode()).isZero();
  }

  @Test
  void keyThatOthersCanReadIsFound() throws IOException {
    Files.setPosixFilePermissions(
        folder.resolve("clients/jane/kubeconfig"), PosixFilePermissions.fromString("rw-r--r--"));

    Run run = inspect(file("clients/jane/kubeconfig"));

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out()).contains("[file-mode]").contains("chmod 600");
  }

  @Test
  void certificateOfAnotherAuthorityIsFound() {
    Run.certwright("ca", "init", "--ca", file("other"));

    Run run = inspect(file("clients/jane/client.crt"), "--client-ca", file("other/ca.crt"));

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out())
        .contains("[not-signed-by-client-ca]")
        .contains("same name")
        .contains("another key");
  }

  @Test
  void everythingOddAboutAScriptsCertificateIsFound() {
    Shell.run(
        folder,
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:1024",
        "-nodes",
        "-keyout",
        "old.key",
        "-out",
        "old.crt",
        "-subj",
        "/O=system:masters/CN=first/CN=second",
        "-days",
        "3650",
        "-addext",
        "extendedKeyUsage=serverAuth",
        "-addext",
        "basicConstraints=CA:FALSE");
    Shell.run(folder, "chmod", "600", "old.key");

    Run run = inspect(file("old.crt"), "-o", "json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out())
        .contains("\"user\": \"second\"")
        .contains("\"several-common-names\"")
        .contains("\"system-masters\"")
        .contains("\"long-lived\"")
        .contains("\"no-client-auth\"")
        .contains("\"key-weak\"");
  }

  @Test
  void keyThatDoesNotBelongToTheCertificateIsFound() throws IOException {
    Run.certwright("issue", "joe", "--ca", ca, "--out", file("clients"), "-s", "https://x");
    Path bundle = folder.resolve("bundle.pem");
    Files.write(
        bundle,
        (Files.readString(folder.resolve("clients/jane/client.crt"))
                + Files.readString(folder.resolve("clients/joe/client.key")))
            .getBytes(StandardCharsets.UTF_8));
    Files.setPosixFilePermissions(bundle, PosixFilePermissions.fromString("rw-------"));

    Run run = inspect(bundle.toString());

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out()).contains("[key-mismatch]");
  }

  @Test
  void everyUserOfAKubeconfigIsShownAndTokensAreNot() throws IOException {
    Path config = folder.resolve("config");
    Files.writeString(
        config,
        "users:\n- name: a\n  user: {token: sesame}\n- name: b\n  user: {client-certificate:"
            + " clients/jane/client.crt, client-key: clients/jane/client.key}\n- name: c\n  user: {}\n");
    Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));

    Run run = inspect(config.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("user a")
        .contains("token (not shown)")
        .contains("user b")
        .contains("jane")
        .contains("user c")
        .doesNotContain("sesame");
  }

  @Test
  void standardInputIsReadWithTextAroundTheBlocks() throws IOException {
    String text =
        "depth=0 CN = x\n" + Files.readString(folder.resolve("clients/jane/client.crt")) + "---\n";

    Run run = Run.withInput(text, Map.of(), "inspect", "-");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("certificate (standard input)");
  }

  @Test
  void terminalEscapesInCertificatesAreNotExecuted() {
    Shell.run(
        folder,
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-keyout",
        "e.key",
        "-out",
        "e.crt",
        "-utf8",
        "-subj",
        "/CN=\u001B[31mred\u202Elive");

    Run run = inspect(file("e.crt"));

    assertThat(run.out()).contains("\\u001b[31mred\\u202elive").doesNotContain("\u001B");
  }

  @Test
  void otherFilesAreRefusedWithWhatIsWanted() throws IOException {
    Path other = folder.resolve("notes.txt");
    Files.writeString(other, "hello: world\n");
    Path zeros = folder.resolve("zeros");
    Files.write(zeros, new byte[1 << 20]);
    Path truncated = folder.resolve("half.pem");
    Files.writeString(
        truncated, Files.readString(folder.resolve("clients/jane/client.crt")).substring(0, 300));

    for (Path file : new Path[] {other, zeros, truncated}) {
      Run run = inspect(file.toString());
      assertThat(run.exitCode()).as(file.toString()).isEqualTo(ExitCode.USAGE);
      assertThat(run.err()).startsWith("error: ");
    }
  }

  @Test
  void unreadableFileDoesNotHideTheOthers() throws IOException {
    Path other = folder.resolve("notes.txt");
    Files.writeString(other, "hello: world\n");
    Run run = inspect(other.toString(), file("clients/jane/client.crt"), file("absent"));

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).contains("certificate (").contains("jane");
    assertThat(run.err()).contains("notes.txt", "absent does not exist");
  }

  @Test
  void hugeFileIsRefusedEarly() throws IOException {
    Path huge = folder.resolve("huge");
    try (java.io.RandomAccessFile file = new java.io.RandomAccessFile(huge.toFile(), "rw")) {
      file.setLength(100L << 20);
    }

    Run run = inspect(huge.toString());

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("larger than 16 MiB");
  }
}

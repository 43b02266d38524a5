package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The cluster's CA: what goes into a kubeconfig, and what is said of one that is in it. */
final class ClusterCaTest {
  private static final Pattern DATA = Pattern.compile("certificate-authority-data: \"([^\"]+)\"");

  @TempDir Path folder;

  @BeforeEach
  void makeAuthorities() {
    for (String name : new String[] {"pki", "other"}) {
      Run made = Run.certwright("ca", "init", "--ca", path(name), "--name", name);
      assertThat(made.exitCode()).isZero();
    }
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private Run issue(String user, String... words) {
    return Run.certwright(
        Stream.concat(
                Stream.of("issue", user, "devs", "--ca", path("pki"), "--out", path("clients")),
                Stream.concat(Stream.of("-s", "https://10.0.0.1:6443"), Stream.of(words)))
            .toArray(String[]::new));
  }

  private Path combined(String... names) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (String name : names) {
      all.writeBytes(Files.readAllBytes(folder.resolve(name)));
    }
    return Files.write(folder.resolve("combined.pem"), all.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "encrypted", "no-embed", "list"})
  void fileWithAPrivateKeyInItIsRefusedAndNothingIsMade(String form) throws IOException {
    if (form.equals("encrypted")) {
      Path password = Files.writeString(folder.resolve("password"), "long enough\n");
      assertThat(
              Run.certwright(
                      "ca",
                      "init",
                      "--ca",
                      path("third"),
                      "--ca-password-file",
                      password.toString())
                  .exitCode())
          .isZero();
    }
    String key = form.equals("encrypted") ? "third/ca.key" : "other/ca.key";
    Path bundle = combined("pki/ca.crt", key);
    Path list = Files.writeString(folder.resolve("people.csv"), "user,groups\njane,devs\n");

    Run run =
        switch (form) {
          case "no-embed" -> issue("jane", "--cluster-ca", bundle.toString(), "--no-embed");
          case "list" ->
              Run.certwright(
                  "issue",
                  "--from",
                  list.toString(),
                  "--ca",
                  path("pki"),
                  "--out",
                  path("clients"),
                  "-s",
                  "https://10.0.0.1:6443",
                  "--cluster-ca",
                  bundle.toString());
          default -> issue("jane", "--cluster-ca", bundle.toString());
        };

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err())
        .contains(bundle + " holds a private key, in line ")
        .contains("everybody who gets the kubeconfig would have it")
        .contains("hint: give a file with the certificates alone");
    assertThat(folder.resolve("clients")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"der", "byte order mark", "comments", "two", "carriage returns"})
  void whatWasReadIsWrittenAnewSoThatKubectlCanReadIt(String form) throws IOException {
    byte[] pem = Files.readAllBytes(folder.resolve("other/ca.crt"));
    String text = new String(pem, StandardCharsets.US_ASCII);
    Path given = folder.resolve("given");
    byte[] expected = pem;
    switch (form) {
      case "der" ->
          Shell.run(
              folder, "openssl", "x509", "-in", "other/ca.crt", "-outform", "DER", "-out", "given");
      case "byte order mark" -> Files.writeString(given, "\uFEFF" + text);
      case "comments" -> Files.writeString(given, "secret: hunter2\n" + text + "the end\n");
      case "carriage returns" -> Files.writeString(given, text.replace("\n", "\r\n"));
      default -> {
        Files.copy(combined("other/ca.crt", "pki/ca.crt"), given);
        expected = Files.readAllBytes(given);
      }
    }

    Run run = issue("jane", "--cluster-ca", given.toString());
    Run apart = issue("joe", "--cluster-ca", given.toString(), "--no-embed");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(apart.exitCode()).as(apart.err()).isZero();
    assertThat(embedded("jane")).isEqualTo(expected);
    assertThat(folder.resolve("clients/joe/cluster-ca.crt")).hasBinaryContent(expected);
    assertThat(Run.certwright("inspect", path("clients/jane/kubeconfig")).exitCode()).isZero();
    assertThat(Run.certwright("inspect", path("clients/joe/kubeconfig")).exitCode()).isZero();
  }

  private byte[] embedded(String user) throws IOException {
    Matcher data =
        DATA.matcher(
            Files.readString(folder.resolve("clients").resolve(user).resolve("kubeconfig")));
    assertThat(data.find()).isTrue();
    return Base64.getDecoder().decode(data.group(1));
  }

  /** A kubeconfig of jane in which the cluster's CA is this. */
  private Path kubeconfigWith(byte[] authority) throws IOException {
    assertThat(issue("jane", "--force").exitCode()).isZero();
    Path file = folder.resolve("clients/jane/kubeconfig");
    String data = Base64.getEncoder().encodeToString(authority);
    Files.writeString(
        file,
        DATA.matcher(Files.readString(file))
            .replaceFirst("certificate-authority-data: \"" + data + "\""));
    return file;
  }

  @Test
  void inspectTellsOfAPrivateKeyInTheClustersAuthority() throws IOException {
    Path config = kubeconfigWith(Files.readAllBytes(combined("pki/ca.crt", "other/ca.key")));

    Run run = Run.certwright("inspect", config.toString());
    Run json = Run.certwright("inspect", config.toString(), "-o", "json");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out())
        .contains("cluster of a kubeconfig (" + config + ", cluster 10.0.0.1:6443)")
        .contains("the cluster's CA holds a private key")
        .doesNotContain("BEGIN");
    assertThat(json.out()).contains("\"rule\": \"kubeconfig-ca-key\"");
  }

  @Test
  void inspectTellsOfAnAuthorityThatKubectlCannotRead() throws IOException {
    byte[] pem = Files.readAllBytes(folder.resolve("pki/ca.crt"));
    String text = new String(pem, StandardCharsets.US_ASCII);
    Shell.run(folder, "openssl", "x509", "-in", "pki/ca.crt", "-outform", "DER", "-out", "ca.der");
    byte[][] unusable = {
      Files.readAllBytes(folder.resolve("ca.der")),
      ("\uFEFF" + text).getBytes(StandardCharsets.UTF_8),
      "no certificate\n".getBytes(StandardCharsets.US_ASCII),
      text.replace("-----END", "----END").getBytes(StandardCharsets.US_ASCII),
      text.replace("-----\nM", "-----\nA: b\n\nM").getBytes(StandardCharsets.US_ASCII),
    };
    for (byte[] authority : unusable) {
      Run run = Run.certwright("inspect", kubeconfigWith(authority).toString(), "-o", "json");

      assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
      assertThat(run.out())
          .contains("\"rule\": \"kubeconfig-ca\"")
          .contains("no certificate that kubectl can read");
    }
  }

  @Test
  void inspectReadsTheFileThatAKubeconfigNames() throws IOException {
    assertThat(issue("jane", "--no-embed").exitCode()).isZero();
    Path config = folder.resolve("clients/jane/kubeconfig");
    Path authority = folder.resolve("clients/jane/cluster-ca.crt");
    assertThat(Run.certwright("inspect", config.toString()).exitCode()).isZero();

    Files.write(authority, Files.readAllBytes(combined("pki/ca.crt", "other/ca.key")));
    Run withKey = Run.certwright("inspect", config.toString());
    Files.delete(authority);
    Run gone = Run.certwright("inspect", config.toString());

    assertThat(withKey.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(withKey.out()).contains("the cluster's CA holds a private key");
    assertThat(gone.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(gone.out()).contains("certificate-authority: ").contains("does not exist");
  }

  @Test
  void dataThatIsBrokenIntoLinesIsReadAsKubectlReadsIt() throws IOException {
    Path config = kubeconfigWith(Files.readAllBytes(folder.resolve("pki/ca.crt")));
    String text = Files.readString(config);
    Files.writeString(
        config, text.replaceAll("-data: \"(.{60})(.+)\"", "-data: |\n      $1\n      $2"));

    Run run = Run.certwright("inspect", config.toString());

    assertThat(run.exitCode()).as(run.out()).isZero();
    assertThat(run.out()).contains("jane");
  }
}

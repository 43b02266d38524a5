package dev.certwright.kubeconfig;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KubeconfigReaderTest {

  private static Kubeconfig read(String text) {
    return KubeconfigReader.read("f", text.getBytes(UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "\n", "# nothing\n", "---\n", "null", "{}", "kind: Config", "unknown: 1"})
  void anEmptyFileIsAnEmptyConfiguration_KC02(String text) {
    assertThat(read(text)).isEqualTo(Kubeconfig.EMPTY);
  }

  @Test
  void allFieldsAreRead() {
    Kubeconfig config =
        read(
            """
            apiVersion: v1
            kind: Config
            clusters:
            - name: c
              cluster:
                server: https://h
                tls-server-name: t
                insecure-skip-tls-verify: true
                certificate-authority: ca.crt
                certificate-authority-data: Q0E=
                proxy-url: http://p
                disable-compression: true
            users:
            - name: u
              user:
                client-certificate-data: Q0VSVA==
                client-key: u.key
                token: t
                tokenFile: f
                as: x
                as-uid: "1"
                as-groups: [g]
                as-user-extra: {k: [v]}
                username: name
                password: p
                auth-provider: {name: a, config: {b: c}}
                exec: {command: ./c, apiVersion: client.authentication.k8s.io/v1beta1, args: [a]}
            contexts:
            - name: x
              context: {cluster: c, user: u, namespace: ns}
            current-context: x
            """);
    Cluster cluster = config.clusters().get("c");
    assertThat(cluster)
        .isEqualTo(
            new Cluster(
                "https://h",
                "t",
                true,
                "ca.crt",
                EmbeddedData.of("CA".getBytes(UTF_8)),
                "http://p",
                true,
                Extensions.NONE,
                new Origin("f", new dev.certwright.yaml.YamlPosition(4, 3))));
    AuthInfo user = config.users().get("u");
    assertThat(user).isNotNull();
    assertThat(user.clientCertificateData().bytes()).isEqualTo("CERT".getBytes(UTF_8));
    assertThat(user.impersonateGroups()).containsExactly("g");
    assertThat(user.exec()).isNotNull();
    assertThat(user.exec().interactiveMode()).isEqualTo("IfAvailable");
    assertThat(config.contexts().get("x"))
        .extracting(Context::cluster, Context::user, Context::namespace)
        .containsExactly("c", "u", "ns");
    assertThat(config.currentContext()).isEqualTo("x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "clusters: {}|f:1:11: clusters must be a list, found a mapping",
        "clusters: [1]|f:1:12: clusters[0] must be a mapping, found a number",
        "clusters: [{name: 1}]|f:1:19: clusters[0].name must be a string, found a number",
        "users: [{name: yes}]|f:1:16: users[0].name must be a string, found a boolean",
        "users: [{user: {token: 1}}]|f:1:24: users[0].user.token must be a string, found a number",
        "users: [{user: {client-key-data: a}}]|f:1:34: users[0].user.client-key-data is not base64",
        "current-context: 1|f:1:18: current-context must be a string, found a number",
        "[]|f:1:1: the file must be a mapping, found a sequence",
        "kind: Pod|f:1:1: not a kubeconfig: expected kind Config of apiVersion v1, found kind \"Pod\" of apiVersion \"\"",
        "apiVersion: v2|f:1:1: not a kubeconfig: expected kind Config of apiVersion v1, found kind \"\" of apiVersion \"v2\"",
        "clusters: [|f:1:12: not YAML: while parsing a flow node, expected the node content, but found '<stream end>'",
      })
  void whatIsNoKubeconfigIsRefusedWithItsLine_KC02(String text, String message) {
    assertThatExceptionOfType(MalformedKubeconfigException.class)
        .isThrownBy(() -> read(text))
        .withMessage(message);
  }

  @ParameterizedTest
  @ValueSource(strings = {"clusters", "users", "contexts"})
  void aNameTwiceInOneListIsRefused_KC04(String list) {
    assertThatExceptionOfType(MalformedKubeconfigException.class)
        .isThrownBy(() -> read(list + ":\n- name: a\n- name: b\n- name: a\n"))
        .withMessage("f:4:3: duplicate name \"a\" in " + list)
        .satisfies(e -> assertThat(e.line()).isEqualTo(4));
  }

  @Test
  void jsonIsReadToo_KC02() {
    assertThat(read("{\n\t\"current-context\": \"a\"\n}").currentContext()).isEqualTo("a");
  }

  @Test
  void secretsAreNotInTexts() {
    Kubeconfig config =
        read(
            "users: [{name: u, user: {token: s3cret, password: s3cret, client-key-data: czNjcmV0,"
                + " auth-provider: {name: a, config: {k: s3cret}}, exec: {command: c, args: [s3cret],"
                + " env: [{name: E, value: s3cret}]}}}]");
    AuthInfo user = config.users().get("u");
    assertThat(user).isNotNull();
    assertThat(config + " " + user + user.authProvider() + user.exec() + user.clientKeyData())
        .doesNotContain("s3cret")
        .doesNotContain("czNjcmV0");
  }

  @Test
  void aFileOfAHundredMegabytesIsRefusedUnread(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("config");
    try (RandomAccessFile large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(100_000_000);
    }
    assertThatExceptionOfType(MalformedKubeconfigException.class)
        .isThrownBy(() -> KubeconfigReader.read(file))
        .withMessageContaining("larger than");
  }
}

package dev.certwright.kubeconfig;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.certwright.yaml.YamlReader;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialKubeconfigTest {
  private static final byte[] CA = "ca".getBytes(UTF_8);
  private static final byte[] CERTIFICATE = "certificate".getBytes(UTF_8);
  private static final byte[] KEY = "key".getBytes(UTF_8);

  private static CredentialKubeconfig.Builder builder() {
    return CredentialKubeconfig.builder()
        .cluster("prod", ServerUrl.of("https://10.0.0.1:6443"))
        .clusterCa(CA)
        .user("jane@prod")
        .context("jane@prod");
  }

  @Test
  void dataIsEmbedded() {
    String yaml = builder().certificate(CERTIFICATE).key(KEY).namespace("dev").build().toYaml();
    assertThat(yaml)
        .isEqualTo(
            """
            apiVersion: v1
            kind: Config
            clusters:
            - cluster:
                server: https://10.0.0.1:6443
                certificate-authority-data: "Y2E="
              name: prod
            users:
            - name: jane@prod
              user:
                client-certificate-data: "Y2VydGlmaWNhdGU="
                client-key-data: "a2V5"
            contexts:
            - context:
                cluster: prod
                namespace: dev
                user: jane@prod
              name: jane@prod
            current-context: jane@prod
            """);
  }

  @Test
  void filesAreNamed() {
    Kubeconfig config =
        KubeconfigReader.read(
            "f",
            CredentialKubeconfig.builder()
                .cluster("prod", ServerUrl.of("https://h"))
                .clusterCaFile("ca.crt")
                .tlsServerName("kubernetes")
                .proxyUrl("socks5://localhost:1080")
                .user("u")
                .context("x")
                .certificateFile("client.crt")
                .keyFile("client.key")
                .build()
                .toBytes());
    assertThat(config.clusters().get("prod"))
        .extracting(Cluster::certificateAuthority, Cluster::tlsServerName, Cluster::proxyUrl)
        .containsExactly("ca.crt", "kubernetes", "socks5://localhost:1080");
    assertThat(config.users().get("u"))
        .extracting(AuthInfo::clientCertificate, AuthInfo::clientKey)
        .containsExactly("client.crt", "client.key");
    assertThat(EffectiveContext.problems(config, null))
        .allSatisfy(problem -> assertThat(problem).startsWith("unable to read"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a\nusers: []",
        "a: b",
        "a #b",
        "# a",
        "'",
        "\"",
        "- a",
        "{a: b}",
        "[a]",
        "*a",
        "&a",
        "!!int 1",
        "1e3",
        "yes",
        "null",
        "~",
        " a ",
        "a\r\nb",
        "\u0000",
        "\u001b[2J",
        "\u0085",
        "\u2028",
        "\u2029",
        "\uFEFFa",
        "\uFFFE",
        "\uD83D\uDE00",
        "%YAML",
        "---",
        "...",
        "@a",
        "`a",
        "\\",
        "\t",
        "a:",
        "?",
        "|",
        ">",
        "<<",
        "="
      })
  void nothingInANameBecomesStructure(String name) {
    byte[] content =
        CredentialKubeconfig.builder()
            .cluster(name, ServerUrl.of("https://h"))
            .clusterCa(CA)
            .user(name)
            .context(name)
            .certificate(CERTIFICATE)
            .key(KEY)
            .tlsServerName(name)
            .build()
            .toBytes();
    Kubeconfig config = KubeconfigReader.read("f", content);
    assertThat(config.clusters()).containsOnlyKeys(name);
    assertThat(config.users()).containsOnlyKeys(name);
    assertThat(config.contexts()).containsOnlyKeys(name);
    assertThat(config.currentContext()).isEqualTo(name);
    assertThat(EffectiveContext.problems(config, null)).isEmpty();
    assertThat(YamlReader.strict().read("f", content)).isNotNull();
  }

  @Test
  void noRandomNameBecomesStructure() {
    for (long seed = 0; seed < 5000; seed++) {
      Random random = new Random(seed);
      StringBuilder name = new StringBuilder("x");
      for (int length = random.nextInt(8); length > 0; length--) {
        int c = random.nextBoolean() ? random.nextInt(0x80) : random.nextInt(0x11000);
        if (c < 0xD800 || c > 0xDFFF) {
          name.appendCodePoint(c);
        }
      }
      byte[] content =
          builder().user(name.toString()).certificate(CERTIFICATE).key(KEY).build().toBytes();
      assertThat(KubeconfigReader.read("f", content).users())
          .as("seed %d", seed)
          .containsOnlyKeys(name.toString());
    }
  }

  @Test
  void whatCannotBeWrittenIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().user("").certificate(CERTIFICATE).key(KEY).build())
        .withMessage("the name of the user is empty");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().user("a\uD800").certificate(CERTIFICATE).key(KEY).build())
        .withMessage("the user name is not valid Unicode");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().namespace("Dev"))
        .withMessageStartingWith("namespace \"Dev\" is no DNS label");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder().proxyUrl("proxy:3128"))
        .withMessageStartingWith("proxy \"proxy:3128\" is no URL");
    assertThatIllegalStateException().isThrownBy(() -> builder().certificate(CERTIFICATE).build());
    assertThatIllegalStateException()
        .isThrownBy(() -> builder().certificate(CERTIFICATE).key(KEY).keyFile("k").build());
  }

  @Test
  void theKeyIsNotInTexts() {
    assertThat(builder().certificate(CERTIFICATE).key(KEY).build().toString())
        .doesNotContain("a2V5")
        .doesNotContain("key");
  }
}

package dev.certwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.authority.NewAuthority;
import dev.certwright.cluster.TlsServer.Answer;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.SigningKey;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemWriter;
import java.io.IOException;
import java.math.BigInteger;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ApiServerTest {
  private static final Answer FINE = new Answer(200, "{}");

  @TempDir Path folder;

  private static String trust(TlsServer server) {
    return "certificate-authority-data: " + server.authorityData();
  }

  @Test
  void a_server_of_another_authority_is_not_believed() {
    try (TlsServer server = TlsServer.start(line -> FINE);
        TlsServer other = TlsServer.start(line -> FINE)) {
      ApiServer api = Contexts.server(server.kubeconfig(trust(other), "token: t"));
      assertThatThrownBy(() -> api.get("/"))
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining("cannot be reached safely");
      assertThat(server.asked).isEmpty();
    }
  }

  @Test
  void a_certificate_for_another_name_is_not_believed_unless_that_name_is_asked_for_KC15() {
    try (TlsServer server = TlsServer.named("kubernetes.test", line -> FINE)) {
      ApiServer plain = Contexts.server(server.kubeconfig(trust(server), "token: t"));
      assertThatThrownBy(() -> plain.get("/")).hasMessageContaining("cannot be reached safely");

      ApiServer named =
          Contexts.server(
              server.kubeconfig(trust(server) + ", tls-server-name: kubernetes.test", "token: t"));
      assertThat(named.get("/").status()).isEqualTo(200);
      ApiServer wrong =
          Contexts.server(
              server.kubeconfig(trust(server) + ", tls-server-name: other.test", "token: t"));
      assertThatThrownBy(() -> wrong.get("/")).hasMessageContaining("cannot be reached safely");
    }
  }

  @Test
  void insecure_skip_tls_verify_believes_anyone_and_contradicts_an_authority_KC12() {
    try (TlsServer server = TlsServer.named("kubernetes.test", line -> FINE)) {
      ApiServer insecure =
          Contexts.server(server.kubeconfig("insecure-skip-tls-verify: true", "token: t"));
      assertThat(insecure.get("/").status()).isEqualTo(200);
      assertThatThrownBy(
              () ->
                  Contexts.server(
                      server.kubeconfig(
                          "insecure-skip-tls-verify: true, " + trust(server), "token: t")))
          .isInstanceOf(UnusableCredentialsException.class);
    }
  }

  @Test
  void redirects_are_not_followed() {
    try (TlsServer target = TlsServer.start(line -> FINE);
        TlsServer server =
            TlsServer.start(line -> new Answer(302, "https://127.0.0.1:" + target.port() + "/"))) {
      assertThat(Contexts.server(server).get("/").status()).isEqualTo(302);
      assertThat(target.asked).isEmpty();
    }
  }

  @Test
  void a_token_file_beats_the_literal_which_stands_in_for_it_KC13() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "from-file\n");
    try (TlsServer server = TlsServer.start(line -> FINE)) {
      Contexts.server(server.kubeconfig(trust(server), "token: t, tokenFile: '" + token + "'"))
          .get("/");
      Contexts.server(server.kubeconfig(trust(server), "token: t, tokenFile: /nowhere")).get("/");
      Contexts.server(server.kubeconfig(trust(server), "username: a, password: b")).get("/");
      assertThat(server.asked)
          .extracting(asked -> asked.authorization().get(0))
          .containsExactly("Bearer from-file", "Bearer t", "Basic YTpi");
    }
  }

  @Test
  void impersonation_is_passed_on_KC18() {
    try (TlsServer server = TlsServer.start(line -> FINE)) {
      Contexts.server(server.kubeconfig(trust(server), "token: t, as: jane, as-groups: [devs]"))
          .get("/");
      assertThat(server.asked.get(0).impersonated()).containsExactly("jane");
    }
  }

  @Test
  void a_certificate_with_the_key_of_another_is_refused_before_anything_is_sent_KC20() {
    SigningKey own = new PortableCryptography().generate(KeyType.P_256);
    SigningKey other = new PortableCryptography().generate(KeyType.P_256);
    byte[] certificate =
        new NewAuthority("jane", Duration.ofDays(1))
            .create(own, BigInteger.ONE, Instant.now())
            .certificate()
            .encoded();
    String pem = base64(PemWriter.write(PemBlock.CERTIFICATE, certificate));
    try (TlsServer server = TlsServer.start(line -> FINE)) {
      ApiServer api = Contexts.server(server.kubeconfig(trust(server), pair(pem, own)));
      assertThat(api.get("/").status()).isEqualTo(200);
      assertThatThrownBy(() -> Contexts.server(server.kubeconfig(trust(server), pair(pem, other))))
          .isInstanceOf(UnusableCredentialsException.class)
          .hasMessageContaining("the private key belongs to another certificate");
    }
  }

  @Test
  void an_empty_file_in_the_place_of_the_certificate_is_refused_and_not_nobodys_KC20(
      @TempDir Path place) throws IOException {
    Path empty = Files.createFile(place.resolve("client.crt"));
    SigningKey own = new PortableCryptography().generate(KeyType.P_256);
    String key = base64(own.exportPrivateKey().encodePrivateKeyPem(own.publicKey()));
    try (TlsServer server = TlsServer.start(line -> FINE)) {
      String user = "client-certificate: " + empty + ", client-key-data: " + key;
      assertThatThrownBy(() -> Contexts.server(server.kubeconfig(trust(server), user)))
          .isInstanceOf(UnusableCredentialsException.class)
          .hasMessageContaining("no certificate in PEM where one should be");
      assertThat(server.asked).isEmpty();
    }
  }

  private static String pair(String certificate, SigningKey key) {
    String pem = base64(key.exportPrivateKey().encodePrivateKeyPem(key.publicKey()));
    return "client-certificate-data: " + certificate + ", client-key-data: " + pem;
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Test
  void the_scheme_of_a_server_may_be_in_capitals_and_credentials_still_travel_over_tls() {
    try (TlsServer server = TlsServer.start(line -> FINE)) {
      String kubeconfig = server.kubeconfig(trust(server), "token: t0ken");
      ApiServer api = Contexts.server(kubeconfig.replace("https://", "HTTPS://"));
      assertThat(api.get("/").status()).isEqualTo(200);
      assertThat(server.asked.get(0).authorization()).containsExactly("Bearer t0ken");
    }
  }

  @Test
  void other_programs_are_not_run_and_that_is_said() {
    String exec =
        "exec: {apiVersion: client.authentication.k8s.io/v1, command: /bin/false,"
            + " interactiveMode: Never}";
    try (TlsServer server = TlsServer.start(line -> FINE)) {
      assertThatThrownBy(() -> Contexts.server(server.kubeconfig(trust(server), exec)))
          .isInstanceOf(UnusableCredentialsException.class)
          .hasMessageContaining("exec")
          .hasMessageContaining("not run");
    }
  }

  @Test
  void nobody_there_is_said_with_the_address() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0)) {
      port = closed.getLocalPort();
    }
    ApiServer api =
        Contexts.server(
            "current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]\n"
                + "clusters: [{name: c, cluster: {server: 'https://127.0.0.1:"
                + port
                + "'}}]\nusers: [{name: u, user: {token: t0ken}}]\n");
    assertThatThrownBy(() -> api.get("/"))
        .isInstanceOf(ClusterException.class)
        .hasMessageContaining("https://127.0.0.1:" + port + " cannot be reached")
        .hasMessageNotContaining("t0ken");
    assertThat(api.toString()).doesNotContain("t0ken");
  }

  @ParameterizedTest
  @CsvSource({
    "https://10.1.2.3:6443, '', http://p:3128",
    "https://10.1.2.3:6443, '10.0.0.0/8', DIRECT",
    "https://10.1.2.3:6443, '11.0.0.0/8', http://p:3128",
    "https://api.corp.example, '.corp.example', DIRECT",
    "https://api.corp.example, 'corp.example', DIRECT",
    "https://api.corp.example, '*.corp.example', DIRECT",
    "https://api.corp.example, 'other.example, *', DIRECT",
    "https://api.corp.example:6443, 'corp.example:6443', DIRECT",
    "https://api.corp.example:6443, 'corp.example:443', http://p:3128",
    "https://notcorp.example, 'corp.example', http://p:3128",
    "https://127.0.0.1:6443, '', DIRECT",
    "https://localhost:6443, '', DIRECT",
  })
  void the_environment_names_the_proxy_as_for_gos_programs(
      URI server, String exceptions, String way) {
    Proxy proxy =
        ProxyChoice.of(server, "", Map.of("HTTPS_PROXY", "http://p:3128", "no_proxy", exceptions));
    assertThat(proxy.type() == Proxy.Type.DIRECT ? "DIRECT" : "http://p:3128").isEqualTo(way);
  }

  @Test
  void the_proxy_of_the_kubeconfig_beats_the_environment_KC15() {
    URI server = URI.create("https://10.1.2.3");
    Map<String, String> environment = Map.of("HTTPS_PROXY", "http://other:1", "NO_PROXY", "*");
    assertThat(ProxyChoice.of(server, "socks5://p:9", environment).type())
        .isEqualTo(Proxy.Type.SOCKS);
    assertThat(ProxyChoice.of(server, "HTTP://p:9", environment).type()).isEqualTo(Proxy.Type.HTTP);
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://h_x:1", "https://1.2.3", "https://-h", "https://h\u00E9"})
  void a_server_with_a_name_that_java_does_not_ask_is_refused_with_it(String url) {
    assertThatThrownBy(
            () ->
                Contexts.server(
                    "current-context: x\ncontexts: [{name: x, context: {cluster: c}}]\n"
                        + "clusters: [{name: c, cluster: {server: '"
                        + url
                        + "'}}]\n"))
        .isInstanceOf(UnusableCredentialsException.class)
        .hasMessageContaining("a name that cannot be asked from here: " + url.substring(8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://p:1", "http://u:p@h:1", "http:///x", "http://[", "ftp://h"})
  void a_proxy_of_another_kind_is_refused(String url) {
    assertThatThrownBy(() -> ProxyChoice.of(URI.create("https://10.1.2.3"), url, Map.of()))
        .isInstanceOf(UnusableCredentialsException.class)
        .hasMessageContaining("the proxy in proxy-url");
  }
}

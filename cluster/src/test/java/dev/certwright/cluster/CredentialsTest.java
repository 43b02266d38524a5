package dev.certwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.cluster.TlsServer.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CredentialsTest {
  @TempDir Path folder;

  private static Map<String, List<String>> headers(String server, String user) {
    return Contexts.server(
            "current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]\n"
                + "clusters: [{name: c, cluster: {server: '"
                + server
                + "'}}]\nusers: [{name: u, user: {"
                + user
                + "}}]\n")
        .headers();
  }

  private static Map<String, List<String>> headers(String user) {
    return headers("https://10.0.0.1:6443", user);
  }

  private String file(byte[] content) throws IOException {
    return Files.write(folder.resolve("token"), content).toString();
  }

  private String file(String content) throws IOException {
    return file(content.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", " \t\r\n", "\u00A0\u2003\n"})
  void a_literal_token_stands_in_for_a_blank_token_file_KC13(String content) throws IOException {
    assertThat(headers("token: lit, tokenFile: " + file(content)))
        .isEqualTo(Map.of("Authorization", List.of("Bearer lit")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", " \t\r\n", "\u00A0\u2003\n"})
  void a_blank_token_file_alone_is_refused_and_not_nobody_KC13(String content) throws IOException {
    String file = file(content);
    assertThatThrownBy(() -> headers("tokenFile: " + file))
        .isInstanceOf(UnusableCredentialsException.class)
        .hasMessage("the token file " + file + " holds no token");
  }

  @Test
  void white_space_around_a_token_is_what_go_takes_for_it_KC13() throws IOException {
    assertThat(headers("tokenFile: " + file("\u00A0\u2003 t 1\u0085\r\n")))
        .isEqualTo(Map.of("Authorization", List.of("Bearer t 1")));
  }

  @Test
  void a_token_file_that_is_no_text_is_refused_and_not_sent_as_something_else() throws IOException {
    String file = file(new byte[] {'t', (byte) 0xE9, '\n'});
    assertThatThrownBy(() -> headers("token: lit, tokenFile: " + file))
        .isInstanceOf(UnusableCredentialsException.class)
        .hasMessageContaining("is not UTF-8");
  }

  @Test
  void a_token_file_beyond_the_limit_is_not_cut_off_but_refused() throws IOException {
    String file = file("t".repeat((1 << 20) + 1));
    assertThatThrownBy(() -> headers("token: lit, tokenFile: " + file))
        .isInstanceOf(UnusableCredentialsException.class)
        .hasMessageContaining("is larger than 1 MiB");
  }

  @Test
  void a_token_file_beside_a_password_is_refused_as_upstream_refuses_it() throws IOException {
    String file = file("t");
    assertThatThrownBy(() -> headers("username: a, password: b, tokenFile: " + file))
        .isInstanceOf(UnusableCredentialsException.class)
        .hasMessageContaining("a token file beside a user name or password");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"token: \"s3cret\\nX: y\"", "as: \"s3cret\\0\"", "as: a, as-uid: \"s3cret\\x7f\""})
  void what_no_header_can_carry_is_refused_and_not_shown(String user) {
    assertThatThrownBy(() -> headers(user))
        .isInstanceOf(UnusableCredentialsException.class)
        .hasMessageContaining("control character")
        .hasMessageNotContaining("s3cret");
  }

  @Test
  void names_of_other_scripts_arrive_byte_for_byte_KC18() {
    try (TlsServer server = TlsServer.start(line -> new Answer(200, "{}"))) {
      String trust = "certificate-authority-data: " + server.authorityData();
      Contexts.server(server.kubeconfig(trust, "token: t, as: \u0436\u0443\u043A")).get("/");
      String arrived = server.asked.get(0).impersonated().get(0);
      assertThat(new String(arrived.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8))
          .isEqualTo("\u0436\u0443\u043A");
    }
  }

  @Test
  void without_tls_nothing_is_proved_but_whom_to_act_as_is_said_KC14() {
    assertThat(headers("http://127.0.0.1:1", "token: t, as: jane, as-groups: [devs, ops]"))
        .isEqualTo(
            Map.of(
                "Impersonate-User", List.of("jane"), "Impersonate-Group", List.of("devs", "ops")));
  }
}

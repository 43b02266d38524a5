package dev.certwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.cluster.TlsServer.Answer;
import dev.certwright.identity.Identity;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WhoAmITest {
  @Test
  void the_server_says_whom_it_sees_SR30() {
    try (TlsServer server =
        TlsServer.start(
            line ->
                new Answer(
                    201,
                    "{\"status\":{\"userInfo\":{\"username\":\"jane\",\"uid\":\"u\",\"groups\":"
                        + "[\"devs\",\"system:authenticated\"],\"extra\":{\"k\":[\"v\"]}}}}"))) {
      assertThat(WhoAmI.ask(Contexts.server(server)))
          .isEqualTo(
              new Identity(
                  "jane", "u", List.of("devs", "system:authenticated"), Map.of("k", List.of("v"))));
      assertThat(server.lines())
          .containsExactly("POST /apis/authentication.k8s.io/v1/selfsubjectreviews");
    }
  }

  @Test
  void a_server_that_cannot_say_is_told_apart() {
    try (TlsServer server = TlsServer.start(line -> new Answer(404, "not found"))) {
      assertThatThrownBy(() -> WhoAmI.ask(Contexts.server(server)))
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining("404 not found");
    }
    try (TlsServer server = TlsServer.start(line -> new Answer(201, "{}"))) {
      assertThatThrownBy(() -> WhoAmI.ask(Contexts.server(server)))
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining("no SelfSubjectReview");
    }
  }
}

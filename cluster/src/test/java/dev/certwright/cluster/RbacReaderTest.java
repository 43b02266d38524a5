package dev.certwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.cluster.TlsServer.Answer;
import dev.certwright.identity.Identity;
import dev.certwright.rbac.Attributes;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

final class RbacReaderTest {
  private static final String API = "GET /apis/rbac.authorization.k8s.io/v1/";
  private static final Attributes ASKED =
      Attributes.ofResource(Identity.of("jane", List.of()), "get", "", "pods").inNamespace("dev");

  private static Answer list(String kind, String more, String... items) {
    return new Answer(
        200,
        "{\"kind\":\""
            + kind
            + "List\",\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"metadata\":{"
            + more
            + "},\"items\":["
            + String.join(",", items)
            + "]}");
  }

  private static String role(String name, String resource) {
    return "{\"metadata\":{\"name\":\""
        + name
        + "\"},\"rules\":[{\"verbs\":[\"get\"],\"apiGroups\":[\"\"],\"resources\":[\""
        + resource
        + "\"]}]}";
  }

  private static String binding(String metadata) {
    return "{\"metadata\":{"
        + metadata
        + "},\"subjects\":[{\"kind\":\"User\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":\"jane\"}],"
        + "\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"ClusterRole\",\"name\":\"r\"}}";
  }

  private static Answer cluster(String line) {
    if (line.contains("/clusterroles")) {
      return list("ClusterRole", "", role("r", "pods"));
    }
    if (line.contains("/rolebindings")) {
      return list("RoleBinding", "", binding("\"name\":\"b\",\"namespace\":\"dev\""));
    }
    return line.contains("/clusterrolebindings")
        ? list("ClusterRoleBinding", "")
        : list("Role", "");
  }

  @Test
  void only_the_lists_that_a_question_needs_are_read() {
    try (TlsServer server = TlsServer.start(RbacReaderTest::cluster)) {
      ClusterPolicy read = new RbacReader(Contexts.server(server)).readFor("dev");

      assertThat(read.unread()).isEmpty();
      assertThat(read.policy().decide(ASKED).isAllowed()).isTrue();
      assertThat(Objects.requireNonNull(read.policy().decide(ASKED).grant()).binding().origin())
          .hasToString("rolebindings of https://127.0.0.1:" + server.port());
      assertThat(server.lines())
          .containsExactly(
              API + "clusterroles?limit=500",
              API + "clusterrolebindings?limit=500",
              API + "namespaces/dev/roles?limit=500",
              API + "namespaces/dev/rolebindings?limit=500");
      assertThat(server.asked.get(0).authorization()).containsExactly("Bearer t0ken");
      server.asked.clear();
      new RbacReader(Contexts.server(server)).readFor("");
      assertThat(server.lines()).hasSize(2);
    }
  }

  @Test
  void all_pages_are_read() {
    try (TlsServer server =
        TlsServer.start(
            line ->
                !line.contains("/clusterroles")
                    ? cluster(line)
                    : line.contains("continue=a%2Bb")
                        ? list("ClusterRole", "", role("r", "pods"))
                        : list("ClusterRole", "\"continue\":\"a+b\"", role("q", "nodes")))) {
      ClusterPolicy read = new RbacReader(Contexts.server(server)).readAll();

      assertThat(read.policy().roleCount()).isEqualTo(2);
      assertThat(read.policy().decide(ASKED).isAllowed()).isTrue();
      assertThat(server.lines()).contains(API + "clusterroles?limit=500&continue=a%2Bb");
    }
  }

  @Test
  void a_list_that_grew_too_old_between_pages_is_read_again_whole() {
    try (TlsServer server =
        TlsServer.start(
            line ->
                !line.contains("/clusterroles")
                    ? cluster(line)
                    : line.contains("continue=")
                        ? new Answer(410, "{\"kind\":\"Status\",\"message\":\"too old\"}")
                        : line.contains("limit=")
                            ? list("ClusterRole", "\"continue\":\"x\"", role("r", "nodes"))
                            : list("ClusterRole", "", role("r", "pods")))) {
      ClusterPolicy read = new RbacReader(Contexts.server(server)).readFor("dev");

      assertThat(read.unread()).isEmpty();
      assertThat(read.policy().decide(ASKED).isAllowed()).isTrue();
    }
  }

  @Test
  void what_may_not_be_listed_is_said_and_never_taken_for_absent() {
    try (TlsServer server =
        TlsServer.start(
            line ->
                line.contains("/namespaces/dev/rolebindings")
                    ? new Answer(403, "{\"kind\":\"Status\",\"message\":\"no, you may not\"}")
                    : cluster(line))) {
      ClusterPolicy read = new RbacReader(Contexts.server(server)).readFor("dev");

      assertThat(read.policy().decide(ASKED).isAllowed()).isFalse();
      assertThat(read.unread())
          .hasToString("[rolebindings in dev: 403 no, you may not]")
          .allMatch(ClusterPolicy.Unread::namespaced);
    }
  }

  @Test
  void who_is_not_let_in_is_told_so() {
    try (TlsServer server =
        TlsServer.start(line -> new Answer(401, "{\"message\":\"Unauthorized\"}"))) {
      assertThatThrownBy(() -> new RbacReader(Contexts.server(server)).readFor("dev"))
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining("lets nobody in with these credentials: 401 Unauthorized")
          .hasMessageNotContaining("t0ken");
    }
  }

  @Test
  void answers_that_are_no_lists_are_refused() {
    for (String body :
        List.of(
            "<html>",
            "[]x",
            "{\"kind\":\"RoleList\",\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"items\":[7]}")) {
      try (TlsServer server = TlsServer.start(line -> new Answer(200, body))) {
        assertThatThrownBy(() -> new RbacReader(Contexts.server(server)).readFor(""))
            .as(body)
            .isInstanceOf(ClusterException.class)
            .hasMessageContaining("answered with");
      }
    }
  }

  @Test
  void an_answer_larger_than_any_page_is_refused() {
    String large = " ".repeat(ApiServer.LARGEST_BODY + 1);
    try (TlsServer server = TlsServer.start(line -> new Answer(200, large))) {
      assertThatThrownBy(() -> new RbacReader(Contexts.server(server)).readFor(""))
          .isInstanceOf(ClusterException.class)
          .hasMessageContaining("larger than 32 MiB");
    }
  }
}

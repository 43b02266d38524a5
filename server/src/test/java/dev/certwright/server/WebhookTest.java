package dev.certwright.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.server.policy.ManifestSettings;
import dev.certwright.server.testing.TestServer;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a kube-apiserver asks and gets (rules AC-15, AC-16, SR-10). */
final class WebhookTest {
  private static final String POLICY =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: read-only-user}
      rules: [{apiGroups: [''], resources: [pods], verbs: [get, list]}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: read-only-users}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: read-only-user}
      subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: readers}]
      """;

  @TempDir Path folder;

  private TestServer start() {
    return TestServer.start(
        folder,
        POLICY,
        builder ->
            builder
                .roles(EnumSet.of(ServerRole.WEBHOOK))
                .webhookNames(List.of("kube-apiserver"))
                .manifests(
                    new ManifestSettings(
                        List.of(folder.resolve("manifests").toString()), false, "", false, false)));
  }

  private static String review(String version, String groupsKey, String verb) {
    return "{\"apiVersion\":\"authorization.k8s.io/"
        + version
        + "\",\"kind\":\"SubjectAccessReview\",\"spec\":{\"user\":\"jane\",\""
        + groupsKey
        + "\":[\"readers\"],\"resourceAttributes\":{\"verb\":\""
        + verb
        + "\",\"resource\":\"pods\"}}}";
  }

  @Test
  void both_versions_are_answered_in_kind() {
    try (TestServer server = start()) {
      TestServer.Client apiServer = server.user("kube-apiserver");
      String allowed =
          "\"status\":{\"allowed\":true,\"reason\":\"RBAC: allowed by ClusterRoleBinding"
              + " \\\"read-only-users\\\" of ClusterRole \\\"read-only-user\\\" to Group"
              + " \\\"readers\\\"\"}}\n";
      assertThat(apiServer.post("/authorize", review("v1", "groups", "list")).body())
          .isEqualTo(
              "{\"kind\":\"SubjectAccessReview\",\"apiVersion\":\"authorization.k8s.io/v1\","
                  + allowed);
      assertThat(
              apiServer.post("/authorize?timeout=30s", review("v1beta1", "group", "list")).body())
          .isEqualTo(
              "{\"kind\":\"SubjectAccessReview\",\"apiVersion\":\"authorization.k8s.io/v1beta1\","
                  + allowed);
      assertThat(apiServer.post("/authorize", review("v1", "groups", "delete")).body())
          .endsWith("\"status\":{\"allowed\":false}}\n");
    }
  }

  @Test
  void groups_of_the_other_version_do_not_count() {
    try (TestServer server = start()) {
      assertThat(
              server
                  .user("kube-apiserver")
                  .post("/authorize", review("v1", "group", "list"))
                  .body())
          .endsWith("\"status\":{\"allowed\":false}}\n");
    }
  }

  @Test
  void nobody_else_may_ask_and_the_answers_are_no_way_around() {
    try (TestServer server = start()) {
      assertThat(
              server
                  .user("jane", "readers")
                  .post("/authorize", review("v1", "groups", "list"))
                  .statusCode())
          .isEqualTo(403);
      assertThat(
              server.client(null).post("/authorize", review("v1", "groups", "list")).statusCode())
          .isEqualTo(403);
      assertThat(server.user("kube-apiserver").get("/authorize").statusCode()).isEqualTo(403);
      assertThat(server.user("kube-apiserver").post("/other", "").statusCode()).isEqualTo(403);
    }
  }

  @Test
  void what_is_no_review_is_an_error_and_no_answer() {
    try (TestServer server = start()) {
      TestServer.Client apiServer = server.user("kube-apiserver");
      for (String body :
          List.of(
              "",
              "[]",
              "{}",
              "{\"spec\":{\"user\":\"a\"}}",
              "{\"apiVersion\":\"authorization.k8s.io/v2\",\"kind\":\"SubjectAccessReview\"}",
              "{\"spec\":{\"resourceAttributes\":{},\"nonResourceAttributes\":{}}}")) {
        assertThat(apiServer.post("/authorize", body).statusCode()).as(body).isBetween(400, 422);
      }
    }
  }
}

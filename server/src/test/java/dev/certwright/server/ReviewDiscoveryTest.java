package dev.certwright.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.server.testing.TestServer;
import java.nio.file.Path;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a server of reviews alone tells of kinds: kubectl asks it what "deploy" is short for. */
final class ReviewDiscoveryTest {
  private static final String DEFINITION =
      """
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: widgets.example.com}
      spec:
        group: example.com
        scope: Namespaced
        names: {plural: widgets, kind: Widget}
        versions: [{name: v1, served: true, storage: true}]
      """;

  @TempDir Path folder;

  @Test
  void kinds_that_are_not_served_are_known_so_that_questions_about_them_name_their_group() {
    try (TestServer server =
        TestServer.start(
            folder, DEFINITION, builder -> builder.roles(EnumSet.of(ServerRole.REVIEW)))) {
      TestServer.Client root = server.user("root", "system:masters");
      assertThat(root.get("/apis/apps/v1").body())
          .contains("\"name\":\"deployments\"", "\"shortNames\":[\"deploy\"]");
      assertThat(root.get("/apis/example.com/v1").body()).contains("\"name\":\"widgets\"");
      assertThat(root.get("/apis").body())
          .contains("\"name\":\"apps\"", "\"name\":\"example.com\"");
      assertThat(root.get("/apis/apps/v1/deployments").statusCode()).isEqualTo(404);
    }
  }
}

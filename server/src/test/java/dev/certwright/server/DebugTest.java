package dev.certwright.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.server.testing.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DebugTest {
  @TempDir Path folder;

  @Test
  void nothing_is_there_unless_it_was_asked_for() {
    try (TestServer server = TestServer.start(folder, "")) {
      TestServer.Client root = server.user("root", "system:masters");
      for (String path : new String[] {"/debug/threads", "/debug", "/debug/pprof/", "/debug/x"}) {
        assertThat(root.get(path).statusCode()).as(path).isEqualTo(404);
        assertThat(server.user("jane").get(path).statusCode()).as(path).isEqualTo(403);
      }
    }
  }

  @Test
  void threads_are_told_to_whom_a_rule_lets_and_nobody_else() {
    try (TestServer server =
        TestServer.start(folder, "", builder -> builder.profiling(true).anonymous(true))) {
      assertThat(server.user("root", "system:masters").get("/debug/threads").body())
          .startsWith("heap: ")
          .contains("certwright-server", "    at ");
      assertThat(server.user("jane").get("/debug/threads").statusCode()).isEqualTo(403);
      assertThat(server.client(null).get("/debug/threads").statusCode()).isEqualTo(403);
    }
  }
}

package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DemoTest {

  @Test
  void demoShowsWhoGetsInAndWhoDoesNotAndLeavesNothingBehind() throws IOException {
    Set<Path> before = demoFolders();

    Run run = Run.certwright("demo");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("$ certwright issue brancz read-only-users")
        .contains("by a client of its own")
        .contains("user    brancz", "groups  read-only-users, system:authenticated")
        .contains("HTTP 200 OK", "pod web in default", "pod db-0 in data")
        .contains("User \"brancz\" cannot delete resource \"pods\"")
        .contains("User \"jane\" cannot list resource \"pods\"")
        .containsSubsequence("of another CA", "HTTP 401", "the day is over", "HTTP 401")
        .containsSubsequence(
            "[system-masters]",
            "$ certwright revoke clients/brancz/kubeconfig --yes",
            "demo (certwright serve): follows the ledger by itself",
            "The next request is refused",
            "HTTP 403",
            "this client certificate has been revoked",
            "the other certificate of the same person still works",
            "HTTP 200 OK")
        .doesNotContain("certwright-demo");
    assertThat(demoFolders()).isEqualTo(before);
  }

  private static Set<Path> demoFolders() throws IOException {
    try (Stream<Path> all = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return all.filter(path -> path.getFileName().toString().startsWith("certwright-demo"))
          .collect(Collectors.toSet());
    }
  }
}

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
  void demoIssuesIsAcceptedIsRefusedAndLeavesNothingBehind() throws IOException {
    Set<Path> before = demoFolders();

    Run run = Run.certwright("demo");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("$ certwright issue brancz read-only-users")
        .contains("HTTP 200  you are brancz, in the groups read-only-users, system:authenticated")
        .contains("HTTP 401  Unauthorized")
        .contains("[system-masters]")
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

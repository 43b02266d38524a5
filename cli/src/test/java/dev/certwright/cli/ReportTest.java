package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code certwright report}. */
final class ReportTest extends AccountFixture {
  @Test
  void reportIsOnePageThatNeedsNothingElseAndEscapesEverything() throws IOException {
    issue("jane", "devs");
    Path log =
        Files.writeString(
            folder.resolve("audit.log"),
            event(
                STRANGER, "<script>alert(1)</script>&'\\u202e", "2026-01-24T10:00:00Z", "\"<b>\""));
    run("import", log.toString());

    Run run = run("report");

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out())
        .startsWith("<!DOCTYPE html>")
        .contains("<strong>jane</strong>")
        .contains("Unknown certificates in use")
        .contains("&lt;script&gt;alert(1)&lt;/script&gt;&amp;&#39;\\u202e")
        .contains("&lt;b&gt;")
        .doesNotContain("<script")
        .doesNotContain("<b>")
        .doesNotContain("http://")
        .doesNotContain("https://")
        .doesNotContain("\u202e");
  }

  @Test
  void reportOfAnEmptyLedgerSaysNobody() {
    assertThat(run("report").out()).contains("Nobody.");
  }
}

package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code certwright list}. */
final class ListTest extends AccountFixture {
  @Test
  void listShowsWhoHasAccessUntilWhenAndLeavesOutOthers() {
    issue("jane", "devs", "--ttl", "8h");
    issue("joe", "ops", "--ttl", "30d");

    Run all = run("list");
    Run soon = run("list", "--expiring", "7d");

    assertThat(all.exitCode()).isZero();
    assertThat(all.out().lines().toList()).hasSize(3);
    assertThat(all.out().lines().toList().get(1)).startsWith("jane").contains("valid", "10.0.0.1");
    assertThat(soon.out()).contains("jane").doesNotContain("joe");
    assertThat(run("list", "--group", "ops").out()).contains("joe").doesNotContain("jane");
    assertThat(run("list", "--user", "nobody").out()).isEqualTo("none\n");
    assertThat(run("list", "--state", "expired").out()).isEqualTo("none\n");
    assertThat(run("list", "--sort", "user", "--reverse").out().indexOf("joe"))
        .isLessThan(run("list", "--sort", "user", "--reverse").out().indexOf("jane"));
  }

  @Test
  void everyFilterNarrowsAndEveryOrderSorts() throws IOException {
    issue("jane", "devs");
    issue("ann", "devs");
    Path log =
        Files.writeString(
            folder.resolve("audit.log"),
            event(STRANGER, "mallory", "2020-01-01T10:00:00Z", "\"10.9.9.9\"")
                + event(credentialId("ann"), "ann", Instant.now().toString(), "\"10.0.0.7\""));
    run("import", log.toString(), "--cluster", "prod");
    run("revoke", "jane", "--yes");

    assertThat(users("--cluster", "prod")).containsExactly("mallory");
    assertThat(users("--cluster", "10.0.0.1")).containsExactlyInAnyOrder("jane", "ann");
    assertThat(users("--state", "revoked")).containsExactly("jane");
    assertThat(users("--state", "valid", "--state", "unknown"))
        .containsExactlyInAnyOrder("ann", "mallory");
    assertThat(users("--unused", "30d", "--sort", "user")).containsExactly("jane", "mallory");
    assertThat(users("--unused", "30d", "--state", "revoked", "--group", "devs"))
        .containsExactly("jane");
    assertThat(users("--sort", "user")).containsExactly("ann", "jane", "mallory");
    assertThat(users("--sort", "recorded")).containsExactly("jane", "ann", "mallory");
    assertThat(users("--sort", "last-seen")).containsExactly("jane", "mallory", "ann");
    assertThat(users("--sort", "last-seen", "--reverse")).containsExactly("ann", "mallory", "jane");
    assertThat(users("--sort", "until", "--reverse")).last().isEqualTo("mallory");
  }

  private List<String> users(String... options) {
    List<String> words = new ArrayList<>(List.of("list", "-o", "csv"));
    words.addAll(List.of(options));
    Run run = run(words.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run.out().lines().skip(1).map(line -> line.substring(0, line.indexOf(','))).toList();
  }

  @Test
  void listPrintsForProgramsAndSpreadsheets() {
    issue("jane", "devs,ops", "b", "--reason", "say \"please\"");

    assertThat(run("list", "-o", "json").out())
        .contains("\"user\": \"jane\"")
        .contains("\"credentialId\": \"" + credentialId("jane") + "\"");
    assertThat(run("list", "-o", "yaml").out()).contains("- state: valid");
    assertThat(run("list", "-o", "csv").out())
        .startsWith("user,groups,uid,state,")
        .contains("jane,\"devs,ops;b\",,valid,")
        .contains("\"say \"\"please\"\"\"");
  }

  @Test
  void nameThatIsAFormulaIsTextForASpreadsheet() throws IOException {
    Path log =
        Files.writeString(
            folder.resolve("audit.log"),
            event(STRANGER, "=cmd|' /C calc'!A0", "2026-11-24T10:00:00Z", "\"+1\"")
                .replace("\"devs\"", "\"devs\",\"@SUM(A1)\""));
    run("import", log.toString(), "--cluster", "-1+1");

    assertThat(run("list", "-o", "csv").out())
        .contains("\n'=cmd|' /C calc'!A0,devs;'@SUM(A1);system:authenticated,,unknown,")
        .contains(",'-1+1,seen,")
        .contains(",'+1,,,X509SHA256=");
    assertThat(run("list", "-o", "json").out()).contains("\"=cmd|' /C calc'!A0\"");
  }

  @Test
  void nameThatWouldSteerATerminalIsEscapedInCsvToo() throws IOException {
    Path log =
        Files.writeString(
            folder.resolve("audit.log"),
            event(STRANGER, "\\u001b[31mred\\u202e\\n", "2026-11-24T10:00:00Z", "\"1.2.3.4\""));
    run("import", log.toString());

    assertThat(run("list", "-o", "csv").out())
        .contains("\n\\u001b[31mred\\u202e\\u000a,devs;")
        .doesNotContain("\u001b", "\u202e");
  }

  /** A process of its own: what it ends with depends on whether all of its output was written. */
  @Test
  void csvIsASuccessOfTheProcessToo() {
    issue("jane", "devs");

    Run run =
        Shell.attempt(folder, Shell.certwright("list", "-o", "csv", "--ledger", home.toString()));

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(run.out()).startsWith("user,groups,").contains("jane,devs,");
  }

  @Test
  void listSaysWhenThereAreMore() {
    issue("jane");
    issue("joe");

    Run run = run("list", "--limit", "1");

    assertThat(run.out().lines().toList()).hasSize(2);
    assertThat(run.err()).contains("there are more than these 1");
    assertThat(run("list", "--limit", "0").exitCode()).isEqualTo(ExitCode.USAGE);
  }

  @Test
  void placeInPostgresqlWithAPasswordIsRefused() {
    Run run = run("list", "--ledger", "postgresql://jane:secret@localhost/db");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("~/.pgpass").doesNotContain("secret");
  }
}

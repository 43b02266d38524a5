package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code certwright ledger export} and {@code ledger restore}. */
final class LedgerRestoreTest extends AccountFixture {
  @Test
  void exportIsRestoredIntoAnEmptyLedgerOnly() throws IOException {
    issue("jane");
    issue("joe");
    Run export = run("ledger", "export");
    Path file = Files.writeString(folder.resolve("export.jsonl"), export.out());

    Run restored = run("ledger", "restore", file.toString(), "--ledger", folder + "/other");

    assertThat(restored.exitCode()).as(restored.err()).isZero();
    assertThat(restored.out()).startsWith("2 entries restored");
    assertThat(folder.resolve("other/ledger.jsonl")).hasContent(export.out());
    assertThat(run("list", "--ledger", folder + "/other").out()).contains("jane", "joe");
    Run again = run("ledger", "restore", file.toString(), "--ledger", folder + "/other");
    assertThat(again.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    Files.writeString(file, export.out().replace("\"joe\"", "\"moe\""));
    Run changed = run("ledger", "restore", file.toString(), "--ledger", folder + "/third");
    assertThat(changed.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(folder.resolve("third")).doesNotExist();
  }

  @Test
  void exportWhoseEndWasCutOffIsOnlyRestoredWithoutAHeadAndThatIsSaid() throws IOException {
    issue("jane");
    issue("joe");
    Path head =
        Files.writeString(folder.resolve("head.json"), run("ledger", "head", "-o", "json").out());
    String export = run("ledger", "export").out();
    Path whole = Files.writeString(folder.resolve("whole.jsonl"), export);
    Path cut =
        Files.writeString(folder.resolve("cut.jsonl"), export.lines().findFirst().get() + "\n");

    Run refused =
        run(
            "ledger",
            "restore",
            cut.toString(),
            "--head",
            head.toString(),
            "--ledger",
            folder + "/a");
    assertThat(refused.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(refused.err()).contains("it ends with entry 1, its end was cut off");
    assertThat(folder.resolve("a")).doesNotExist();
    Run unseen = run("ledger", "restore", cut.toString(), "--ledger", folder + "/b");
    assertThat(unseen.exitCode()).isZero();
    assertThat(unseen.err()).contains("missing at the end cannot be seen without --head");
    Run restored =
        run(
            "ledger",
            "restore",
            whole.toString(),
            "--head",
            head.toString(),
            "--ledger",
            folder + "/c");
    assertThat(restored.exitCode()).as(restored.err()).isZero();
    assertThat(restored.err()).isEmpty();
    Files.writeString(head, Files.readString(head).replaceAll("\"hash\": \"..", "\"hash\": \"xx"));
    Run rewritten =
        run(
            "ledger",
            "restore",
            whole.toString(),
            "--head",
            head.toString(),
            "--ledger",
            folder + "/d");
    assertThat(rewritten.err()).contains("another stands there, it was rewritten");
    assertThat(run("ledger", "verify", "--signer", folder + "/pki/ca.crt").exitCode())
        .isEqualTo(ExitCode.USAGE);
  }
}

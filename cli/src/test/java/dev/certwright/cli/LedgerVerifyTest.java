package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code certwright ledger verify} and {@code ledger head}. */
final class LedgerVerifyTest extends AccountFixture {
  @Test
  void verifySaysIntactAndAfterTamperingWhere() throws IOException {
    for (String user : List.of("jane", "joe", "ann")) {
      issue(user);
    }
    assertThat(run("ledger", "verify").out()).startsWith("intact: 3 entries");
    Path file = home.resolve("ledger.jsonl");
    Files.writeString(file, Files.readString(file).replace("\"joe\"", "\"moe\""));

    Run run = run("ledger", "verify");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out()).contains("line 2: entry 2 was changed");
    assertThat(run("ledger", "verify", "-o", "json").out()).contains("\"kind\": \"changed\"");
  }

  @Test
  void placeWithoutALedgerIsToldByVerifyAndList() {
    String absent = folder + "/absent";

    Run verify = run("ledger", "verify", "--ledger", absent);
    Run list = run("list", "--ledger", absent);

    assertThat(verify.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(verify.err()).contains("there is no ledger to verify", absent);
    assertThat(list.exitCode()).isZero();
    assertThat(list.err()).contains("there is no ledger yet", absent);
    assertThat(folder.resolve("absent")).doesNotExist();
  }

  @Test
  void ledgerThatWasCutShortIsToldAndNothingIsIssued() throws IOException {
    issue("jane");
    issue("joe");
    run("list");
    Path file = home.resolve("ledger.jsonl");
    String whole = Files.readString(file);
    Files.writeString(file, whole.substring(0, whole.indexOf('\n') + 1));

    Run verify = run("ledger", "verify");
    Run list = run("list");

    assertThat(verify.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(verify.out()).contains("knows entry 2", "its end was cut off");
    assertThat(list.err()).contains("warning: ", "knows entry 2", "index.sqlite.aside-2-");
    assertThat(run("ledger", "verify").exitCode()).isEqualTo(ExitCode.NO);
    assertNothingIsIssued();
    Files.delete(file);
    assertThat(run("ledger", "verify").exitCode()).isEqualTo(ExitCode.NO);
    assertNothingIsIssued();
    Files.writeString(file, whole);
    issue("ann");
    assertThat(client("ann")).exists();
  }

  private void assertNothingIsIssued() {
    Run issue =
        run(
            "issue",
            "ann",
            "--ca",
            folder + "/pki",
            "--out",
            folder + "/clients",
            "-s",
            "https://x");

    assertThat(issue.exitCode()).isNotZero();
    assertThat(issue.err())
        .contains(
            "ledger.head knows entry 2", "nothing was recorded", "Put the missing entries back");
    assertThat(client("ann")).doesNotExist();
  }

  @Test
  void verifyFindsAnIndexThatSaysSomethingElseThanTheEntries() throws Exception {
    issue("jane");
    issue("joe");
    run("list");
    try (java.sql.Connection index =
            java.sql.DriverManager.getConnection("jdbc:sqlite:" + home.resolve("index.sqlite"));
        java.sql.Statement statement = index.createStatement()) {
      statement.execute("UPDATE certificate SET user_name='moe' WHERE sequence=2");
    }

    Run run = run("ledger", "verify");

    assertThat(run.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run.out()).contains("do not say what entry 2 says").contains("remove it");
    assertThat(run("ledger", "verify", "--entries-only").out()).startsWith("intact: 2 entries");
    assertThat(run("ledger", "verify", "-o", "json").out()).contains("\"kind\": \"tables\"");
    Files.delete(home.resolve("index.sqlite"));
    assertThat(run("list").out()).contains("joe");
    assertThat(run("ledger", "verify").exitCode()).isZero();
  }

  @Test
  void signedHeadShowsThatTheEndWasCutOff() throws IOException {
    issue("jane");
    issue("joe");
    Run head = run("ledger", "head", "--sign", "--ca", folder + "/pki", "-o", "json");
    Path kept = Files.writeString(folder.resolve("head.json"), head.out());
    String signer = folder + "/pki/ca.crt";
    assertThat(run("ledger", "verify", "--head", kept.toString(), "--signer", signer).exitCode())
        .isZero();

    Path file = home.resolve("ledger.jsonl");
    String first = Files.readString(file).lines().findFirst().orElseThrow();
    Files.writeString(file, first + "\n");
    // Whoever cuts the one off can remove the other.
    Files.delete(home.resolve("ledger.head"));
    Run cut = run("ledger", "verify", "--head", kept.toString(), "--signer", signer);
    assertThat(run("ledger", "verify").exitCode()).isZero();
    assertThat(cut.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(cut.out()).contains("its end was cut off");

    Files.writeString(kept, head.out().replace("\"sequence\": 2", "\"sequence\": 1"));
    Run forged = run("ledger", "verify", "--head", kept.toString(), "--signer", signer);
    assertThat(forged.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(forged.err()).contains("not signed by the CA given, or was changed");
  }
}

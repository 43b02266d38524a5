package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.x509.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Another ledger, or an older copy, does not let in again whom it does not know. */
final class OtherLedgerTest extends TakingBack {
  private void copyLedger(String to) throws IOException {
    Files.createDirectories(folder.resolve(to));
    Files.copy(home.resolve("ledger.jsonl"), folder.resolve(to + "/ledger.jsonl"));
  }

  @Test
  void anotherLedgerDoesNotLetInAgainWhatThisOneTookBack() throws IOException {
    issue("jane", "first");
    setUp();
    run("revoke", "jane", "--yes");
    String published = authorization();

    Run other =
        run("revoke", "--user", "joe", "--yes", "--ledger", folder.resolve("other").toString());
    Run empty = run("revocations", "publish", "--ledger", folder.resolve("empty").toString());

    assertThat(other.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(other.out()).contains("it is published from the ledger");
    assertThat(empty.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(authorization()).isEqualTo(published);
  }

  @Test
  void older_copy_of_the_ledger_does_not_let_in_again_whom_it_does_not_know_to_be_revoked()
      throws IOException {
    Certificate jane = issue("jane", "first");
    issue("joe", "first");
    setUp();
    run("revoke", "joe", "--yes");
    copyLedger("copy");
    run("revoke", "jane", "--yes");
    String published = authorization();

    Run older = run(publish("copy"));
    Run shown = run(publish("copy", "--dry-run"));
    Run status = run("revocations", "status", "--ledger", folder.resolve("copy").toString());
    // As long as the other one by now, and longer.
    Run grown =
        run("revoke", "--user", "ann", "--yes", "--ledger", folder.resolve("copy").toString());
    for (String one : List.of("a", "b", "c", "d", "e", "f", "g")) {
      grown = run("revoke", "--user", one, "--yes", "--ledger", folder.resolve("copy").toString());
    }

    assertThat(older.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(older.out()).contains("up to entry 14, and this one reaches to entry 8");
    assertThat(older.err()).contains("--allow-other-ledger");
    assertThat(shown.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(status.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(status.out()).contains("this one reaches to entry 8");
    assertThat(grown.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(grown.out()).contains("with another entry 14");
    assertThat(authorization()).isEqualTo(published);

    Run asked = run(publish("copy", "--allow-other-ledger", "--dry-run"));
    assertThat(asked.exitCode()).as(asked.err()).isZero();
    assertThat(asked.out()).contains("-        '" + jane.credentialId().value() + "'");
    assertThat(authorization()).isEqualTo(published);
    Run allowed = run(publish("copy", "--allow-other-ledger"));
    assertThat(allowed.exitCode()).as(allowed.err()).isZero();
    assertThat(authorization()).doesNotContain(jane.credentialId().value()).contains("'ann'");
    // And now it is this one that does not know what the other one took back.
    assertThat(run("revocations", "publish").exitCode()).isEqualTo(ExitCode.OUTSIDE);
  }

  @Test
  void revocation_list_is_not_replaced_from_an_older_copy() throws IOException {
    issue("jane", "first");
    run("revoke", "--user", "joe", "--yes");
    copyLedger("copy");
    revocationListOutlet("caKey: ../pki/ca.key");
    run("revoke", "jane", "--yes");
    byte[] published = Files.readAllBytes(folder.resolve("ca.crl"));
    assertThat(run("revocations", "status").out()).containsPattern("nginx .* current ");

    Run older = run(publish("copy"));

    assertThat(older.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(older.out()).contains("a copy from before?");
    assertThat(folder.resolve("ca.crl")).hasBinaryContent(published);
    run("revoke", "--user", "ann", "--yes", "--outlets", folder + "/none.yaml");
    Run behind = run("revocations", "status");
    assertThat(behind.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(behind.out()).containsPattern("nginx .* outdated ");
  }
}

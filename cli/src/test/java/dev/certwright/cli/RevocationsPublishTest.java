package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.Event;
import dev.certwright.ledger.Restriction;
import dev.certwright.ledger.Target;
import dev.certwright.ledger.file.FileLedger;
import dev.certwright.x509.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code revocations publish}: what is written, and over what. */
final class RevocationsPublishTest extends TakingBack {
  @Test
  void dryRunOfPublishingIsADiffAndTheFileCanBeMadeAnewByteForByte() throws IOException {
    Certificate jane = issue("jane", "first");
    setUp();
    String empty = authorization();
    run("revoke", "jane", "--yes");
    String published = authorization();
    Files.writeString(folder.resolve("authorization.yaml"), empty);

    Run diff = run("revocations", "publish", "--dry-run");
    Run status = run("revocations", "status");
    String json = run("revocations", "status", "-o", "json").out();
    run("revocations", "publish");
    assertThat(run("revocations", "status", "-o", "json").out())
        .containsPattern("\"state\": \"current\"(?s:.)*\"lagSeconds\": null");

    String added = "\\n\\+ +'X509SHA256=[0-9a-f]{64}'";
    assertThat(diff.out())
        .contains("\n+        '" + jane.credentialId().value() + "'")
        .containsPattern("(?<!')" + (added + ",").repeat(ENCODINGS - 1) + added + "\\]\\)\n");
    assertThat(status.exitCode()).isEqualTo(ExitCode.NO);
    // For so long the ledger has said something else.
    assertThat(status.out()).containsPattern("outdated +[0-9-]+ [0-9:]+ UTC +[0-9]+ s ");
    assertThat(json).containsPattern("\"state\": \"outdated\"(?s:.)*\"lagSeconds\": [0-9]+");
    assertThat(authorization()).isEqualTo(published);
    assertThat(folder.resolve("authorization.yaml.previous")).hasContent(empty);
  }

  private void recordMany(int from, int to) {
    List<Event> many = new ArrayList<>();
    for (int i = from; i < to; i++) {
      String id = "X509SHA256=" + "0".repeat(58) + String.format("%06x", i);
      many.add(
          new Restriction(EntryType.REVOKED, new Target(Target.Kind.CREDENTIAL, id), null, "many"));
    }
    new FileLedger(home, "test", Clock.systemUTC(), FileLedger.PATIENCE).record(many);
  }

  @Test
  void more_than_two_hundred_thousand_are_refused_with_advice_and_the_list_before_stays()
      throws IOException {
    issue("jane", "first");
    setUp();
    run("revoke", "jane", "--yes");
    String before = authorization();
    issue("joe", "first");
    recordMany(0, 199_994);
    int entries = entries().size();
    // What is final must not be the last that could ever be published.
    Run tooMuch = run("revoke", "joe", "--yes");
    assertThat(tooMuch.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(tooMuch.err())
        .contains("200006 certificates", "nothing was recorded", "revoke --user NAME");
    assertThat(entries()).hasSize(entries);
    assertThat(authorization()).isEqualTo(before);
    recordMany(199_994, 200_000);

    Run published = run("revocations", "publish");
    Run revoked = run("revoke", "--user", "joe", "--yes");
    Run status = run("revocations", "status");

    for (Run run : List.of(published, revoked, status)) {
      assertThat(run.exitCode()).isIn(ExitCode.NO, ExitCode.USAGE, ExitCode.OUTSIDE);
      assertThat(run.err())
          .contains("are to be refused, and outlets carry 200000")
          .contains("issue a new client CA", "shorter lives");
    }
    assertThat(authorization()).isEqualTo(before);
  }

  @Test
  void what_takes_nothing_back_changes_no_file_and_a_restored_ledger_gives_the_same_bytes()
      throws IOException {
    issue("jane", "first");
    setUp();
    run("revoke", "jane", "--yes");
    String published = authorization();

    issue("joe", "first");
    assertThat(run("revocations", "publish").exitCode()).isZero();
    assertThat(authorization()).isEqualTo(published);

    Path export = folder.resolve("export.jsonl");
    Files.writeString(export, run("ledger", "export").out());
    run("ledger", "restore", export.toString(), "--ledger", folder.resolve("restored").toString());
    Files.writeString(
        folder.resolve("authorization.yaml"),
        published.replaceAll("\n *'X509SHA256=[0-9a-f]{64}'", "").replaceAll("ledger .*,", ""));
    Run rebuilt = run(publish("restored"));
    assertThat(rebuilt.exitCode()).as(rebuilt.err()).isZero();
    assertThat(authorization()).isEqualTo(published);
  }

  @Test
  void file_of_a_version_that_did_not_say_how_far_its_ledger_reached_is_published_to()
      throws IOException {
    issue("jane", "first");
    setUp();
    run("revoke", "jane", "--yes");
    String published = authorization();
    Files.writeString(
        folder.resolve("authorization.yaml"), published.replaceAll(" up to entry [^,]*,", ","));

    Run again = run("revocations", "publish");

    assertThat(again.exitCode()).as(again.err()).isZero();
    assertThat(authorization()).isEqualTo(published).contains(" up to entry 7 ");
  }

  @Test
  void canaryIsRevokedBeforeItsFileIsThereAndPublished() throws IOException {
    setUp();

    Run made = run("revocations", "canary", "--ca", folder + "/pki");

    assertThat(made.exitCode()).as(made.err()).isZero();
    Path file = home.resolve("canary.kubeconfig");
    String id = Files.readString(file).lines().findFirst().orElse("").substring(13);
    assertThat(authorization()).contains(id);
    assertThat(entries()).hasSize(2);
    assertThat(entries().get(1).event())
        .isInstanceOfSatisfying(
            Restriction.class,
            restriction -> assertThat(restriction.target().value()).isEqualTo(id));
    assertThat(Files.getPosixFilePermissions(file)).hasSize(2);
    assertThat(run("list", "--all").out()).contains("certwright-canary");
  }

  @Test
  void broken_file_is_left_alone_and_the_one_before_is_named() throws IOException {
    issue("jane", "first");
    setUp();
    run("revoke", "--user=joe", "--yes");
    Path file = folder.resolve("authorization.yaml");
    Files.writeString(file, "kind: [");

    Run published = run("revocations", "publish");
    Run prepared =
        run("revocations", "setup", "--authorization-mode=RBAC", "--yes", "--dir=" + folder);

    for (Run one : List.of(published, prepared)) {
      assertThat(one.exitCode()).isNotZero();
      assertThat(one.err()).contains("the one before is " + file + ".previous");
    }
    assertThat(file).hasContent("kind: [");
  }
}

package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.x509.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Recipients are served at the same time, and by one process after the other. */
final class RecipientsTest extends TakingBack {
  @Test
  void recipient_that_waits_does_not_keep_the_others_waiting_and_all_are_told_in_order()
      throws IOException {
    Certificate jane = issue("jane", "first");
    setUp();
    addRecipients(
        "slow", "while [ ! -e DIR/fast ]; do sleep 0.05; done; cat >DIR/slow",
        "broken", "exit 7",
        "fast", "cat >DIR/new && mv DIR/new DIR/fast");

    Run revoked = run("revoke", "jane", "--yes");

    assertThat(revoked.exitCode()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(revoked.out())
        .contains("    slow: delivered\n    broken: sh ended with 7\n    fast: delivered\n");
    assertThat(folder.resolve("slow")).content().contains(jane.credentialId().value());
  }

  @Test
  void process_that_waits_for_a_recipient_does_not_keep_another_process_from_the_others()
      throws Exception {
    issue("jane", "first");
    Certificate joe = issue("joe", "first");
    setUp();
    addRecipients(
        "slow",
            "touch DIR/begun; cat >DIR/got; while [ ! -e DIR/go ]; do sleep 0.05; done; mv DIR/got DIR/slow",
        "fast", "cat >DIR/fast");

    Process first = start("revoke", "jane", "--yes");
    while (!Files.exists(folder.resolve("begun"))) {
      assertThat(first.isAlive()).as(Files.readString(folder.resolve("started"))).isTrue();
      Thread.onSpinWait();
    }
    Process second = start("revoke", "joe", "--yes");
    Path fast = folder.resolve("fast");
    while (!Files.exists(fast) || !Files.readString(fast).contains(joe.credentialId().value())) {
      assertThat(second.isAlive()).as(Files.readString(folder.resolve("started"))).isTrue();
      Thread.onSpinWait();
    }
    Files.createFile(folder.resolve("go"));

    assertThat(first.waitFor()).isZero();
    assertThat(second.waitFor()).isZero();
    // What is older did not come last.
    assertThat(folder.resolve("slow")).hasContent(authorization());
    assertThat(fast).hasContent(authorization());
  }
}

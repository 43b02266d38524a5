package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.x509.Certificate;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** {@code suspend} and {@code resume}. */
final class ResumeTest extends TakingBack {
  @Test
  void revokedStaysRevokedAndSuspendedComesBack() throws IOException {
    Certificate first = issue("jane", "first");
    Certificate second = issue("jane", "second");
    setUp();

    run("revoke", folder + "/first/jane/client.crt", "--yes");
    run("suspend", folder + "/second/jane/client.crt", "--yes");
    assertThat(authorization()).contains("this client certificate is suspended");
    Run resumed = run("resume", "jane", "--yes");

    assertThat(resumed.exitCode()).isZero();
    assertThat(resumed.out()).contains("what is revoked or expired stays so");
    assertThat(authorization())
        .contains(first.credentialId().value())
        .doesNotContain(second.credentialId().value(), "suspended");
  }

  @Test
  void resume_that_gives_nothing_again_says_so_and_names_what_would() {
    issue("jane", "first");
    setUp();
    run("suspend", "--user=jane", "--yes");

    Run certificates = run("resume", "jane", "--yes");
    Run person = run("resume", "--user=jane", "--yes");
    Run twice = run("resume", "--user=jane", "--yes");
    run("revoke", "jane", "--yes");
    Run revoked = run("resume", "jane", "--yes");

    assertThat(certificates.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(certificates.err()).contains("nothing was resumed", "certwright resume --user jane");
    assertThat(person.exitCode()).as(person.err()).isZero();
    assertThat(twice.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(revoked.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(revoked.err()).contains("nothing was resumed").doesNotContain("--user");
  }
}

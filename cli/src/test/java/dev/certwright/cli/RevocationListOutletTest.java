package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.testing.OpenSsl;
import dev.certwright.x509.Certificate;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Revocation lists, as a program reads them that trusts them. */
final class RevocationListOutletTest extends TakingBack {
  @Test
  void revocationListRefusesTheOneCertificateForOpenssl() throws IOException {
    issue("jane", "first");
    issue("jane", "second");
    revocationListOutlet("caKey: ../pki/ca.key");

    Run revoked = run("revoke", folder + "/first/jane/client.crt", "--yes");

    assertThat(revoked.exitCode()).as(revoked.err()).isZero();
    String verify = "verify -crl_check -CAfile pki/ca.crt -CRLfile ca.crl ";
    assertThat(OpenSsl.tryRun(folder, verify + "first/jane/client.crt").output())
        .contains("certificate revoked");
    assertThat(OpenSsl.run(folder, verify + "second/jane/client.crt")).contains("OK");
  }

  @Test
  void key_that_does_not_open_keeps_no_other_outlet_from_its_list() throws IOException {
    Certificate jane = issue("jane", "first");
    setUp();
    String others = Files.readString(home.resolve("outlets.yaml"));
    OpenSsl.run(
        folder, "pkcs8 -topk8 -v2 aes-256-cbc -passout pass:x -in pki/ca.key -out pki/locked");
    revocationListOutlet("caKey: ../pki/locked");
    Files.writeString(
        home.resolve("outlets.yaml"),
        Files.readString(home.resolve("outlets.yaml"))
            + others.substring(others.indexOf("- name:")));
    addRecipients("fast", "cat >DIR/fast");

    Run revoked = run("revoke", "jane", "--yes");

    assertThat(revoked.exitCode()).as(revoked.err()).isEqualTo(ExitCode.OUTSIDE);
    assertThat(revoked.out())
        .contains("nginx (revocation list): not published", "fast: delivered")
        .doesNotContain("this is a bug");
    assertThat(authorization()).contains(jane.credentialId().value());
    assertThat(folder.resolve("fast")).hasContent(authorization());
  }

  @Test
  void list_says_how_many_it_names_and_is_outdated_when_the_ledger_knows_more_of_them()
      throws IOException {
    revocationListOutlet("caKey: ../pki/ca.key");
    issue("jane", "first");
    Run revoked = run("revoke", "--user=jane", "--yes");
    assertThat(revoked.out())
        .contains("ca.crl, 1 refused", "by a credential id which nobody imported");
    assertThat(run("revocations", "status").out()).containsPattern("nginx +\\S+ +1 +current");

    issue("jane", "second");
    assertThat(run("revocations", "status").out()).containsPattern("nginx +\\S+ +1 +outdated");
    assertThat(run("revocations", "publish").out()).contains("ca.crl, 2 refused");
    assertThat(run("revocations", "status").exitCode()).isZero();

    // Nobody knows its serial number, so that no list can name it.
    Run unknown = run("revoke", "X509SHA256=" + "0a".repeat(32), "--yes");
    assertThat(unknown.out()).contains("ca.crl, 2 refused");
  }

  @Test
  void list_of_another_ca_is_outdated() throws IOException {
    revocationListOutlet("caKey: ../pki/ca.key");
    run("revoke", "--user=jane", "--yes");
    assertThat(run("revocations", "status").exitCode()).isZero();

    Files.delete(folder.resolve("pki/ca.crt"));
    Files.delete(folder.resolve("pki/ca.key"));
    assertThat(Run.certwright("ca", "init", "--ca", folder + "/pki").exitCode()).isZero();

    Run status = run("revocations", "status");
    assertThat(status.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(status.out()).contains("outdated", "not signed by this CA");
  }

  @Test
  void recipients_of_a_list_are_unverified() throws IOException {
    revocationListOutlet("caKey: ../pki/ca.key, recipients: [{name: reload, command: [cat]}]");
    run("revoke", "--user=jane", "--yes");

    Run status = run("revocations", "status");

    assertThat(status.exitCode()).isEqualTo(ExitCode.NO);
    assertThat(status.out()).containsPattern("nginx +reload +0 +unverified .*nobody can be asked");
    assertThat(run("revocations", "status", "--allow-unverified").exitCode()).isZero();
  }
}

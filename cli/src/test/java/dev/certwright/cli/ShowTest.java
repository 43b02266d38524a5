package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code certwright show}, and what {@code revoke} finds by the same words. */
final class ShowTest extends AccountFixture {
  @Test
  void showFindsByUserFileIdBeginningAndSerial() {
    issue("jane", "devs", "--reason", "on call", "--serial", "4711");
    String id = credentialId("jane");

    for (String what :
        List.of(
            "jane",
            id,
            id.substring("X509SHA256=".length()),
            id.substring("X509SHA256=".length(), 23),
            "4711",
            "0x1267",
            "12:67",
            client("jane") + "/client.crt",
            client("jane") + "/kubeconfig")) {
      Run run = run("show", what);
      assertThat(run.exitCode()).as(what + run.err()).isZero();
      assertThat(run.out()).as(what).contains(id).contains("on call").contains("entry 1: issued");
    }
    assertThat(run("show", "joe").exitCode()).isEqualTo(ExitCode.NO);
    assertThat(run("show", "jane", "-o", "json").out()).contains("\"history\": [");
  }

  @Test
  void showAndRevokeFindWhatOpensslPrints() throws IOException {
    issue("jane", "devs");
    String id = credentialId("jane");
    String file = client("jane") + "/client.crt";
    String serial = Shell.run(folder, "openssl", "x509", "-in", file, "-noout", "-serial").strip();
    String fingerprint =
        Shell.run(folder, "openssl", "x509", "-in", file, "-noout", "-fingerprint", "-sha256");

    for (String what :
        List.of(
            serial,
            serial.substring("serial=".length()),
            serial.substring("serial=".length()).replaceAll("(..)(?!$)", "$1:"),
            fingerprint,
            fingerprint.strip(),
            fingerprint.strip().substring(fingerprint.indexOf('=') + 1),
            "X509SHA256=" + id.substring(11).toUpperCase(java.util.Locale.ROOT))) {
      Run show = run("show", what);
      assertThat(show.exitCode()).as(what + show.err()).isZero();
      assertThat(show.out()).as(what).contains(id);
      assertThat(run("revoke", what, "--dry-run").out()).as(what).contains(id + " of jane");
    }
    assertThat(run("show", "sha1 Fingerprint=AB:CD").err()).contains("-fingerprint -sha256");
    String other =
        fingerprint.strip().replaceAll(".$", fingerprint.strip().endsWith("0") ? "1" : "0");
    assertThat(run("revoke", other, "--dry-run").out()).contains("which the ledger does not know");
  }

  @Test
  void whatMayMeanTwoCertificatesShowsBothAndRevokesNone() throws IOException {
    issue("jane", "devs");
    String what = credentialId("jane").substring(11, 23);
    issue("joe", "devs", "--serial", (what.matches("[0-9]+") ? "" : "0x") + what);

    assertThat(run("show", what, "-o", "json").out())
        .contains(credentialId("jane"), credentialId("joe"));
    Run revoke = run("revoke", what, "--yes");
    assertThat(revoke.exitCode()).isNotZero();
    assertThat(revoke.err()).contains("2 certificates");
  }
}

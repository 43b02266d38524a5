package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** {@code certwright import} of audit logs. */
final class ImportAuditLogTest extends AccountFixture {
  @Test
  void useByManyGroupsIsToldAndHidesNothing() throws IOException {
    String many = "\"g\",".repeat(10_001) + "\"devs\"";
    String other = "X509SHA256=" + "6b".repeat(32);
    Path log =
        Files.writeString(
            folder.resolve("audit.log"),
            "{\"items\":["
                + auditLogOfStranger().strip().replace("\"devs\"", many)
                + ","
                + event(other, "eve", "2026-11-24T10:00:00.5Z", "\"10.9.9.9\"").strip()
                + "]}\n");

    Run run = run("import", log.toString(), "-o", "json");

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains(STRANGER, other);
    assertThat(run.err()).contains("the rest of the user names and groups of 1 certificate in");
    assertThat(run("ledger", "verify").exitCode()).isZero();
  }

  @Test
  void logsInAFolderAreFoundByWhatIsInThemAndTheRestIsNamed() throws IOException {
    issue("jane", "devs");
    Path logs = Files.createDirectories(folder.resolve("logs"));
    Files.writeString(logs.resolve("audit-2026-11-29T00-00-00.000.log"), auditLog());
    try (OutputStream out =
        new GZIPOutputStream(Files.newOutputStream(logs.resolve("rotated.1.gz")))) {
      out.write(auditLog().getBytes(StandardCharsets.UTF_8));
    }
    Files.writeString(logs.resolve("config-prod"), "apiVersion: v1\nkind: Config\n");
    Files.writeString(logs.resolve("server.key"), "a key");

    Run named = run("import", logs.resolve("rotated.1.gz").toString(), "--dry-run");
    Run run = run("import", logs.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains("unknown certificates in use");
    assertThat(named.out()).contains("unknown certificates in use");
    assertThat(run.err())
        .contains("passed over: 1 file in " + logs + " by the name, such as ")
        .contains("config-prod: name those that hold certificates")
        .doesNotContain("server.key");
  }

  @Test
  void auditLogTellsLastUseOfTheKnownAndFindsTheUnknown() throws IOException {
    issue("jane", "devs");
    Path log = Files.writeString(folder.resolve("audit.log"), auditLog());

    Run first = run("import", log.toString(), "--cluster", "prod");
    Run second = run("import", log.toString(), "-o", "json");

    assertThat(first.exitCode()).as(first.err()).isZero();
    assertThat(first.out())
        .contains("3 events with certificates read, 2 certificates seen anew")
        .contains("unknown certificates in use")
        .contains("mallory")
        .contains("10.9.9.9")
        .doesNotContain("1.2.3.4");
    assertThat(first.err()).contains("1 lines");
    assertThat(second.out())
        .contains("\"certificatesSeen\": 0")
        .contains("\"credentialId\": \"" + STRANGER + "\"");
    assertThat(run("show", "jane").out())
        .contains("2026-11-24T11:00:00Z")
        .contains("10.0.0.7")
        .contains("10.0.0.8");
    assertThat(run("list", "--state", "unknown").out()).contains("mallory").doesNotContain("jane");
  }

  @Test
  void logWhoseFirstLineWasCutIsReadFromTheNextAndThatIsSaid() throws IOException {
    String whole = event(STRANGER, "mallory", "2026-11-24T10:00:00Z", "\"10.9.9.9\"");
    for (int cut : List.of(20, 200_000)) {
      String first = "x".repeat(cut) + "\"}}}\n";
      Path log = Files.writeString(folder.resolve("rotated-" + cut), first + whole);

      Run named = run("import", log.toString(), "--dry-run");

      assertThat(named.exitCode()).as(named.err()).isZero();
      assertThat(named.out()).contains("unknown certificates in use").contains("mallory");
      assertThat(named.err())
          .contains("1 lines of " + log + " that are no whole audit events, line 1 first");
    }
    Run run = run("import", folder.toString(), "--dry-run", "-o", "json");
    assertThat(run.out()).contains(STRANGER).contains("\"passedOver\": [");
  }

  @Test
  void eventListOfAnAuditWebhookIsReadInALineAndIndented() throws IOException {
    String event = event(STRANGER, "mallory", "2026-11-24T10:00:00Z", "\"10.9.9.9\"");
    String list =
        "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"items\":["
            + event.strip()
            + "]}\n";
    for (String text :
        List.of(list, list.replace("{", "{\n  ").replace("\":", "\": "), "[" + event + "]")) {
      Path log = Files.writeString(folder.resolve("audit.json"), text);
      Run run = run("import", log.toString(), "--dry-run");
      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).as(text).contains("1 events").contains("mallory");
    }
  }

  @Test
  void packedLogThatBreaksOffIsReadUpToThereAndThatIsSaid() throws IOException {
    Path log = folder.resolve("audit.log.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(log))) {
      out.write(
          event(STRANGER, "mallory", "2026-11-24T10:00:00Z", "\"10.9.9.9\"")
              .getBytes(StandardCharsets.UTF_8));
      java.util.Random random = new java.util.Random(9);
      for (int i = 0; i < 100_000; i++) {
        out.write(("{" + random.nextLong() + "}\n").getBytes(StandardCharsets.UTF_8));
      }
    }
    byte[] bytes = Files.readAllBytes(log);
    for (int length : List.of(bytes.length - 1000, 2000)) {
      Files.write(log, Arrays.copyOf(bytes, length));

      Run run = run("import", log.toString());

      assertThat(run.exitCode()).as(run.err()).isZero();
      assertThat(run.out()).contains("1 events with certificates").contains("mallory");
      assertThat(run.err()).contains("passed over: the rest of " + log + ", which cannot be read");
    }
    Path certificate = folder.resolve("jane.crt.gz");
    issue("jane");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(certificate))) {
      Files.copy(client("jane").resolve("client.crt"), out);
    }
    assertThat(run("import", certificate.toString()).exitCode()).isZero();
    bytes = Files.readAllBytes(certificate);
    Files.write(certificate, Arrays.copyOf(bytes, bytes.length - 1));
    assertThat(run("import", certificate.toString()).err()).contains("cannot be read");
  }

  @Test
  void gzippedAuditLogIsReadAndDryRunRecordsNothing() throws IOException {
    issue("jane");
    Path log = folder.resolve("audit.log.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(log))) {
      out.write(auditLog().getBytes(StandardCharsets.UTF_8));
    }

    Run run = run("import", log.toString(), "--dry-run");

    assertThat(run.out()).contains("2 certificates seen anew").contains("mallory");
    assertThat(run("list", "--state", "unknown").out()).isEqualTo("none\n");
  }
}

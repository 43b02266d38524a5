package dev.certwright.ledger.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link AuditLog}. */
final class AuditLogTest {
  private static final String FIRST = "X509SHA256=" + "1a".repeat(32);
  private static final String SECOND = "X509SHA256=" + "2b".repeat(32);

  private final AuditLog log = new AuditLog();

  /** With the fields in kube-apiserver's order. */
  private static String event(String credentialId, String requestObject) {
    return "{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\",\"level\":\"RequestResponse\","
        + "\"stage\":\"ResponseComplete\",\"user\":{\"username\":\"mallory\",\"groups\":[\"devs\"],"
        + "\"extra\":{\"authentication.kubernetes.io/credential-id\":[\""
        + credentialId
        + "\"]}},\"sourceIPs\":[\"10.9.9.9\"],\"requestObject\":"
        + requestObject
        + ",\"requestReceivedTimestamp\":\"2026-11-24T10:00:00.500000Z\"}";
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private void assertFound(String... credentialIds) {
    assertThat(log.uses().keySet()).containsExactly(credentialIds);
    assertThat(log.events()).isEqualTo(credentialIds.length);
  }

  @Test
  void eventOfAnyLengthIsReadWithoutKeepingIt() throws IOException {
    String event = event(FIRST, "{\"data\":\"|\"}");
    byte[] megabyte = "x".repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
    List<InputStream> parts = new java.util.ArrayList<>();
    parts.add(stream(event.substring(0, event.indexOf('|'))));
    for (int i = 0; i < 2000; i++) {
      parts.add(new ByteArrayInputStream(megabyte));
    }
    parts.add(stream(event.substring(event.indexOf('|') + 1) + "\n" + event(SECOND, "{}") + "\n"));

    log.read(new SequenceInputStream(Collections.enumeration(parts)));

    assertFound(FIRST, SECOND);
    assertThat(log.unreadable()).isZero();
    assertThat(log.uses())
        .hasEntrySatisfying(FIRST, use -> assertThat(use.addresses()).containsExactly("10.9.9.9"));
  }

  @Test
  void whatIsOddInARequestDoesNotHideIt() throws IOException {
    String deep = "{\"a\":".repeat(9_990) + "1" + "}".repeat(9_990);
    String longName = "{\"" + "n".repeat(900_000) + "\":1}";
    String longNumber = "1" + "0".repeat(5_000);
    for (String object : List.of(deep, longName, longNumber)) {
      AuditLog one = new AuditLog();
      one.read(stream(event(FIRST, object) + "\n"));
      assertThat(one.uses().keySet()).containsExactly(FIRST);
      assertThat(one.unreadable()).isZero();
    }
    byte[] notUtf8 = event(SECOND, "\"?\"").getBytes(StandardCharsets.UTF_8);
    notUtf8[event(SECOND, "\"?\"").indexOf('?')] = (byte) 0xFF;
    log.read(new ByteArrayInputStream(notUtf8));
    assertFound(SECOND);
  }

  @Test
  void logThatBeginsWithinALineIsReadFromTheNextAndTheLineCounts() throws IOException {
    String event = event(FIRST, "{}");
    String withoutId = event.substring(event.indexOf("\"sourceIPs\""));

    log.read(stream(withoutId + "\n" + event(SECOND, "{}") + "\r\n\n" + event.substring(0, 300)));

    assertFound(SECOND);
    assertThat(log.unreadable()).isEqualTo(2);
    assertThat(log.firstUnreadable()).isEqualTo(1);
  }

  @Test
  void longLineThatIsCutCountsAndTheNextIsRead() throws IOException {
    String cut = event(FIRST, "\"" + "x".repeat(3 << 20) + "\"");

    log.read(
        stream(
            event(SECOND, "{}")
                + "\n"
                + cut.substring(0, cut.length() - 100)
                + "\n"
                + cut.substring(100)
                + "\n"
                + event(SECOND, "{}")));

    assertThat(log.uses().keySet()).containsExactly(SECOND);
    assertThat(log.events()).isEqualTo(2);
    assertThat(log.unreadable()).isEqualTo(2);
    assertThat(log.firstUnreadable()).isEqualTo(2);
  }

  @Test
  void listsOfEventsAreReadAsAWebhookIsSentThem() throws IOException {
    String list =
        "{\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},\"items\":["
            + event(FIRST, "{\"items\":[1]}")
            + ","
            + event(SECOND, "{}")
            + "]}";

    log.read(stream(list + "\n"));

    assertFound(FIRST, SECOND);
    AuditLog array = new AuditLog();
    array.read(stream("[" + event(FIRST, "{}") + "," + event(SECOND, "{}") + "]\n"));
    assertThat(array.uses().keySet()).containsExactly(FIRST, SECOND);
  }

  @Test
  void eventWithMoreGroupsOrLongerNamesThanAreKeptHidesNeitherItselfNorWhatFollows()
      throws IOException {
    String many = "\"g\",".repeat(10_001) + "\"devs\"";
    String first =
        event(FIRST, "{}").replace("\"devs\"", many).replace("mallory", "m".repeat(12_000));

    log.read(stream("{\"items\":[" + first + "," + event(SECOND, "{}") + "]}\n"));

    assertThat(log.uses().keySet()).containsExactly(FIRST, SECOND);
    Use use = log.uses().values().iterator().next();
    assertThat(use.groups()).hasSize(Use.GROUPS);
    assertThat(use.user()).isEqualTo("m".repeat(Use.LONGEST_NAME) + "…");
    assertThat(log.cut()).isEqualTo(1);
    assertThat(log.unreadable()).isZero();
  }

  @Test
  void eventsOverSeveralLinesAreReadAsDocuments() throws IOException {
    String indented = event(FIRST, "{}").replace(",", ",\n  ").replace("{", "{\n  ");

    log.readDocuments(stream("{\n \"items\": [\n" + indented + "\n]}\n" + event(SECOND, "{}")));

    assertFound(FIRST, SECOND);
    assertThat(log.unreadable()).isZero();
  }

  @Test
  void documentsAreReadUpToWhatIsNoEvent() throws IOException {
    log.readDocuments(stream("[\n" + event(FIRST, "{}") + ",\nnothing]"));

    assertFound(FIRST);
    assertThat(log.unreadable()).isEqualTo(1);
  }

  @Test
  void eventThatDoesNotSayWhenIsCounted() throws IOException {
    log.read(stream(event(FIRST, "{}").replace("requestReceivedTimestamp", "another") + "\n"));

    assertThat(log.uses()).isEmpty();
    assertThat(log.unreadable()).isEqualTo(1);
  }

  @Test
  void failureWhileReadingIsToldAndWhatWasReadUntilThenCounts() {
    InputStream failing =
        new SequenceInputStream(
            stream(event(FIRST, "{}") + "\n" + "{\"a\":\"" + "x".repeat(2 << 20)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the disk is broken");
              }

              @Override
              public int read(byte[] target, int offset, int length) throws IOException {
                throw new IOException("the disk is broken");
              }
            });

    assertThatThrownBy(() -> log.read(failing))
        .isInstanceOf(IOException.class)
        .hasMessage("the disk is broken");
    assertFound(FIRST);
  }
}

package dev.certwright.ledger;

import dev.certwright.x509.Digests;
import dev.certwright.yaml.JsonWriter;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes entries as lines, each linked to the one before. A line is one JSON object whose last
 * field is {@code hash}: the SHA-256 of all bytes of the line before {@code ,"hash":}.
 */
public final class EntryWriter {
  /** Groups of a certificate, for example. What was once recorded is read however long it is. */
  private static final int LONGEST_LIST = 10_000;

  private final ByteArrayOutputStream lines = new ByteArrayOutputStream(4096);
  private final Instant time;
  private final String actor;
  private Head head;

  /** After this head, at this time, by this actor. */
  public EntryWriter(Head head, Instant time, String actor) {
    this.head = head;
    this.time = time.truncatedTo(ChronoUnit.MILLIS);
    this.actor = actor;
  }

  /**
   * Adds an entry.
   *
   * @return its line without the line end
   * @throws EntryException if the line would be longer than {@link EntryLine#MAXIMUM_LENGTH}, has a
   *     list of more than 10,000 texts, or a time that could not be read again; then nothing was
   *     added
   */
  public byte[] add(Event event) {
    StringBuilder text = new StringBuilder(2048);
    text.append(EntryLine.BEGINNING).append(head.sequence() + 1);
    field(text, "previous", head.hash());
    time(text, "time", time);
    field(text, "type", event.type().label());
    field(text, "actor", actor);
    if (event instanceof Issued issued) {
      certificate(text, issued.certificate());
      optional(text, "cluster", issued.cluster());
      optional(text, "server", issued.server());
      optional(text, "reason", issued.reason());
      list(text, "overrides", issued.overrides());
      optional(text, "follows", issued.follows());
    } else if (event instanceof Imported imported) {
      certificate(text, imported.certificate());
      optional(text, "cluster", imported.cluster());
      optional(text, "server", imported.server());
      optional(text, "source", imported.source());
    } else if (event instanceof Seen seen) {
      field(text, "credentialId", seen.credentialId());
      field(text, "user", seen.user());
      list(text, "groups", seen.groups());
      optional(text, "cluster", seen.cluster());
      time(text, "firstSeen", seen.firstSeen());
      time(text, "lastSeen", seen.lastSeen());
      list(text, "sourceAddresses", seen.sourceAddresses());
      optional(text, "source", seen.source());
    } else {
      Restriction restriction = (Restriction) event;
      field(text, "target", restriction.target().kind().label());
      field(text, "value", restriction.target().value());
      if (restriction.until() != null) {
        time(text, "until", restriction.until());
      }
      optional(text, "reason", restriction.reason());
    }
    return append(text.toString().getBytes(StandardCharsets.UTF_8));
  }

  private byte[] append(byte[] hashed) {
    int length = hashed.length + EntryLine.ENDING_LENGTH;
    if (length > EntryLine.MAXIMUM_LENGTH) {
      throw new EntryException(
          "an entry of "
              + length
              + " bytes, where "
              + EntryLine.MAXIMUM_LENGTH
              + " are the most the ledger takes");
    }
    String hash = HexFormat.of().formatHex(Digests.sha256(hashed));
    byte[] line = new byte[length];
    System.arraycopy(hashed, 0, line, 0, hashed.length);
    byte[] ending = (EntryLine.HASH + hash + EntryLine.END).getBytes(StandardCharsets.ISO_8859_1);
    System.arraycopy(ending, 0, line, hashed.length, ending.length);
    lines.write(line, 0, line.length);
    lines.write('\n');
    head = new Head(head.sequence() + 1, hash);
    return line;
  }

  /** The last entry that was added, or where it began. */
  public Head head() {
    return head;
  }

  /** All lines that were added, each with its line end. */
  public byte[] lines() {
    return lines.toByteArray();
  }

  private static void certificate(StringBuilder text, CertificateFacts certificate) {
    field(text, "user", certificate.user());
    list(text, "groups", certificate.groups());
    optional(text, "uid", certificate.uid());
    field(text, "credentialId", certificate.credentialId());
    field(text, "serialNumber", certificate.serialNumber());
    field(text, "issuer", certificate.issuer());
    time(text, "notBefore", certificate.notBefore());
    time(text, "notAfter", certificate.notAfter());
    field(text, "keyFingerprint", certificate.keyFingerprint());
    field(text, "certificate", certificate.encoded());
  }

  /** As it is read again: a line that no reader takes would end all reading there, for good. */
  private static void time(StringBuilder text, String name, Instant time) {
    String written = Timestamps.format(time);
    Timestamps.parse(written);
    field(text, name, written);
  }

  private static void optional(StringBuilder text, String name, String value) {
    if (!value.isEmpty()) {
      field(text, name, value);
    }
  }

  private static void field(StringBuilder text, String name, String value) {
    text.append(",\"").append(name).append("\":");
    JsonWriter.appendString(text, value);
  }

  private static void list(StringBuilder text, String name, List<String> values) {
    if (values.isEmpty()) {
      return;
    } else if (values.size() > LONGEST_LIST) {
      throw new EntryException(
          "expected a list of at most " + LONGEST_LIST + " texts in \"" + name + "\"");
    }
    text.append(",\"").append(name).append("\":[");
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        text.append(',');
      }
      JsonWriter.appendString(text, values.get(i));
    }
    text.append(']');
  }
}

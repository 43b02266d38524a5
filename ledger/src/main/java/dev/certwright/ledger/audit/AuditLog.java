package dev.certwright.ledger.audit;

import dev.certwright.ledger.EntryException;
import dev.certwright.ledger.Timestamps;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads what {@code --audit-log-path} writes in its default form, one {@code audit.k8s.io/v1} Event
 * a line, and what an audit webhook is sent, an EventList a line. Whole lines that name no
 * certificate are passed over unread; lines that are no whole events, such as the first of a log
 * that was cut, are counted. A line may have any length. Memory grows with the number of
 * certificates, up to a limit, and not with the log or its lines.
 */
public final class AuditLog {
  /** The most certificates that are told apart. */
  public static final int MAXIMUM_CREDENTIALS = 1_000_000;

  /** Lines up to here are looked through before they are parsed. */
  private static final int SHORT = 1 << 20;

  private static final byte[] MARK = "\"X509SHA256=".getBytes(StandardCharsets.ISO_8859_1);
  private static final JsonFactory FACTORY = new JsonFactory();

  /**
   * For all that a request can bring into its event, so that nobody hides by sending it: objects as
   * deep as kube-apiserver reads them (10,000), names of any length. Slower, and keeps no names.
   */
  private static final JsonFactory PATIENT =
      JsonFactory.builder()
          .disable(TokenStreamFactory.Feature.CANONICALIZE_PROPERTY_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(20_000)
                  .maxNameLength(16 << 20)
                  .maxNumberLength(16 << 20)
                  .maxStringLength(1 << 20)
                  .build())
          .build();

  private final Map<String, Use> uses = new LinkedHashMap<>();
  private final byte[] beginning = new byte[SHORT];
  private long lines;
  private long events;
  private long unreadable;
  private long firstUnreadable;
  private long cut;

  /**
   * Reads a log with an event or a list of them in each line, to its end.
   *
   * @throws IOException if it cannot be read, or tells of more certificates than the limit; what
   *     was read until then counts
   */
  public void read(InputStream in) throws IOException {
    LineStream line = new LineStream(in);
    while (line.next()) {
      lines++;
      int length = line.readNBytes(beginning, 0, SHORT);
      if (length == SHORT) {
        patiently(new SequenceInputStream(new ByteArrayInputStream(beginning), line));
      } else {
        readShort(trimmed(length));
      }
    }
  }

  /**
   * Reads events, lists of them or arrays of them that are written over several lines, to their
   * end.
   *
   * @throws IOException as {@link #read} does
   */
  public void readDocuments(InputStream in) throws IOException {
    lines++;
    patiently(in);
  }

  private int trimmed(int length) {
    int end = length;
    while (end > 0 && beginning[end - 1] <= ' ' && beginning[end - 1] >= 0) {
      end--;
    }
    return end;
  }

  private void readShort(int length) throws IOException {
    if (length == 0) {
      return;
    }
    boolean whole = beginning[0] == '{' && beginning[length - 1] == '}';
    if (whole && !mentions(length)) {
      return;
    }
    List<AuditEvent> found = new ArrayList<>();
    try (JsonParser parser =
        FACTORY.createParser(ObjectReadContext.empty(), beginning, 0, length)) {
      read(parser, found::add);
    } catch (JacksonException | EntryException unusualOrMalformed) {
      patiently(new ByteArrayInputStream(beginning, 0, length));
      return;
    }
    try {
      found.forEach(this::add);
    } catch (FullException full) {
      throw tooMany();
    }
  }

  private static IOException tooMany() {
    return new IOException("more than " + MAXIMUM_CREDENTIALS + " certificates in one log");
  }

  private void patiently(InputStream in) throws IOException {
    // A reader, because what is no UTF-8 must not hide an event either.
    try (JsonParser parser =
        PATIENT.createParser(
            ObjectReadContext.empty(), new InputStreamReader(in, StandardCharsets.UTF_8))) {
      read(parser, this::add);
    } catch (JacksonIOException failed) {
      throw failed.getCause();
    } catch (JacksonException | EntryException malformed) {
      passOver();
    } catch (FullException full) {
      throw tooMany();
    }
  }

  private static void read(JsonParser parser, Consumer<AuditEvent> events) {
    while (parser.nextToken() != null) {
      AuditEvent.read(parser, events);
    }
  }

  private boolean mentions(int length) {
    int last = length - MARK.length;
    for (int at = 0; at <= last; at++) {
      if (beginning[at] == '"' && beginning[at + 1] == 'X' && matches(at)) {
        return true;
      }
    }
    return false;
  }

  private boolean matches(int at) {
    for (int i = 2; i < MARK.length; i++) {
      if (beginning[at + i] != MARK[i]) {
        return false;
      }
    }
    return true;
  }

  private void add(AuditEvent event) {
    if (event.credentialId().isEmpty()) {
      return;
    }
    Instant time;
    try {
      time = Timestamps.parse(event.time()).truncatedTo(ChronoUnit.MILLIS);
    } catch (EntryException notATime) {
      passOver();
      return;
    }
    Use use = uses.get(event.credentialId());
    if (use == null) {
      if (uses.size() == MAXIMUM_CREDENTIALS) {
        throw new FullException();
      }
      use = new Use(event.user(), event.groups(), time);
      uses.put(event.credentialId(), use);
      if (event.isCut()) {
        cut++;
      }
    }
    events++;
    use.add(time, event.address());
  }

  private void passOver() {
    unreadable++;
    if (firstUnreadable == 0) {
      firstUnreadable = lines;
    }
  }

  /** Uses by credential id, in the order they first appear. */
  public Map<String, Use> uses() {
    return Collections.unmodifiableMap(uses);
  }

  /** How many events were made with a certificate. */
  public long events() {
    return events;
  }

  /** How many certificates have longer names, or more groups, than {@link Use} keeps. */
  public long cut() {
    return cut;
  }

  /** How many lines, or events in them, could not be read. */
  public long unreadable() {
    return unreadable;
  }

  /** The first line that could not be read, 1 for the first of the log; 0 if all could be. */
  public long firstUnreadable() {
    return firstUnreadable;
  }

  /** Ends the reading of a log. */
  private static final class FullException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    FullException() {
      super("", null, false, false);
    }
  }
}

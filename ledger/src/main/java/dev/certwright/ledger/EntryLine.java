package dev.certwright.ledger;

import dev.certwright.x509.Digests;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The links of the chain in one line, found by their fixed places, without reading the JSON between
 * them: so a writer can go on from the last line, and every line can be checked, at the cost of its
 * hash.
 *
 * @param sequence the entry's number
 * @param previous hash of the entry before, as the line says
 * @param time when it was written, as the line says
 * @param hash of the entry, as the line says
 * @param intact whether the line's bytes have that hash
 */
public record EntryLine(long sequence, String previous, String time, String hash, boolean intact) {
  /** The most bytes a line may have, without its line end. */
  public static final int MAXIMUM_LENGTH = 8 << 20;

  static final String BEGINNING = "{\"sequence\":";
  static final String HASH = ",\"hash\":\"";
  static final String END = "\"}";
  static final int ENDING_LENGTH = HASH.length() + Entry.HASH_LENGTH + END.length();
  private static final String PREVIOUS = ",\"previous\":\"";
  private static final String TIME = "\",\"time\":\"";
  private static final int LONGEST_NUMBER = 18;
  private static final int LONGEST_TIME = 30;

  /**
   * The number of an entry alone, at the cost of reading it.
   *
   * @throws LedgerDamagedException if the line has none
   */
  public static long number(byte[] line) {
    int at = BEGINNING.length();
    long sequence = 0;
    while (hasAt(line, 0, BEGINNING)
        && at < line.length
        && at - BEGINNING.length() < LONGEST_NUMBER
        && line[at] >= '0'
        && line[at] <= '9') {
      sequence = sequence * 10 + (line[at++] - '0');
    }
    if (sequence == 0) {
      throw new LedgerDamagedException("a line of the ledger has no number");
    }
    return sequence;
  }

  /**
   * Looks at one line.
   *
   * @param line without its line end
   * @throws EntryException if it does not have the form of a line
   */
  public static EntryLine of(byte[] line) {
    int ending = line.length - ENDING_LENGTH;
    if (ending <= 0 || !hasAt(line, 0, BEGINNING)) {
      throw notALine();
    }
    int at = BEGINNING.length();
    long sequence = 0;
    int digits = 0;
    while (digits < LONGEST_NUMBER && at < ending && line[at] >= '0' && line[at] <= '9') {
      sequence = sequence * 10 + (line[at++] - '0');
      digits++;
    }
    if (digits == 0 || !hasAt(line, at, PREVIOUS)) {
      throw notALine();
    }
    at += PREVIOUS.length();
    String previous = hex(line, at);
    at += Entry.HASH_LENGTH;
    if (!hasAt(line, at, TIME)) {
      throw notALine();
    }
    at += TIME.length();
    int end = at;
    while (end < ending && line[end] != '"' && end - at <= LONGEST_TIME) {
      end++;
    }
    String time = new String(line, at, end - at, StandardCharsets.ISO_8859_1);
    if (!hasAt(line, ending, HASH) || !hasAt(line, line.length - END.length(), END)) {
      throw notALine();
    }
    String hash = hex(line, ending + HASH.length());
    String actual = HexFormat.of().formatHex(Digests.sha256(Arrays.copyOf(line, ending)));
    return new EntryLine(sequence, previous, time, hash, hash.equals(actual));
  }

  /**
   * The line of an entry of which the number is known.
   *
   * @throws LedgerDamagedException if it is not as it was written
   */
  public static EntryLine intact(byte[] line, long sequence) {
    try {
      EntryLine entry = of(line);
      if (entry.intact && entry.sequence == sequence) {
        return entry;
      }
    } catch (EntryException notALine) {
      // Told below.
    }
    throw new LedgerDamagedException("entry " + sequence + " of the ledger was changed");
  }

  /** The end of a chain whose last line this is. */
  public Head head() {
    return new Head(sequence, hash);
  }

  /** Whether this may stand after that head. */
  public boolean follows(Head before) {
    return sequence == before.sequence() + 1 && previous.equals(before.hash());
  }

  private static String hex(byte[] line, int from) {
    if (from + Entry.HASH_LENGTH > line.length) {
      throw notALine();
    }
    for (int i = from; i < from + Entry.HASH_LENGTH; i++) {
      if (!(line[i] >= '0' && line[i] <= '9' || line[i] >= 'a' && line[i] <= 'f')) {
        throw notALine();
      }
    }
    return new String(line, from, Entry.HASH_LENGTH, StandardCharsets.ISO_8859_1);
  }

  private static boolean hasAt(byte[] line, int at, String expected) {
    if (at + expected.length() > line.length) {
      return false;
    }
    for (int i = 0; i < expected.length(); i++) {
      if (line[at + i] != expected.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static EntryException notALine() {
    return new EntryException("a line that is no entry of a ledger");
  }
}

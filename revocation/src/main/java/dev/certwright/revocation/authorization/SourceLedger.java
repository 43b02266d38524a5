package dev.certwright.revocation.authorization;

import dev.certwright.ledger.Head;

/**
 * Which ledger a published text is from, and how far that reached, as its first comment says. A
 * ledger that does not know what another one took back would let it in again: root's and an
 * administrator's own, those of two machines, or a copy from before.
 *
 * @param name the beginning of the hash of its first entry; empty if it has no entries
 * @param entry number of its last entry that took something back or gave it again; 0 if there is
 *     none, or the text is of a version that did not say so
 * @param hash of that entry, 64 lower-case hex digits, which stands for all entries up to it; empty
 *     if there is none
 */
public record SourceLedger(String name, long entry, String hash) {
  /** None, or one without entries. */
  public static final SourceLedger NONE = new SourceLedger("", 0, "");

  private static final String WORD = "ledger ";
  private static final String ENTRY = " up to entry ";
  private static final int LENGTH = 12;
  private static final int HASH_LENGTH = 64;
  private static final int LONGEST_NUMBER = 18;

  /**
   * A ledger.
   *
   * @param first its first entry, {@link Head#NONE} if it has none
   * @param last the last one that took something back or gave it again, {@link Head#NONE} for none
   */
  public static SourceLedger of(Head first, Head last) {
    if (first.sequence() == 0) {
      return NONE;
    }
    return new SourceLedger(
        first.hash().substring(0, LENGTH),
        last.sequence(),
        last.sequence() == 0 ? "" : last.hash());
  }

  /** The same, and nothing is said of how far it reaches. */
  public SourceLedger nameAlone() {
    return new SourceLedger(name, 0, "");
  }

  /** What the comment says. */
  public String words() {
    return (name.isEmpty() ? "" : identity() + ", ")
        + "written by certwright revocations publish, do not edit";
  }

  /** The same without who wrote it; empty if there is no ledger. */
  public String identity() {
    return name.isEmpty() ? "" : WORD + name + (entry == 0 ? "" : ENTRY + entry + " " + hash);
  }

  /** The one in a text whose comment begins so. */
  public static SourceLedger in(String text, String comment) {
    int begin = text.indexOf(comment + ": " + WORD);
    if (begin < 0) {
      return NONE;
    }
    int end = text.indexOf('\n', begin);
    return of(text.substring(begin + comment.length() + 2, end < 0 ? text.length() : end));
  }

  /** The one that begins a text as {@link #identity} writes it. */
  public static SourceLedger of(String text) {
    if (!text.startsWith(WORD)) {
      return NONE;
    }
    int end = endOfHex(text, WORD.length());
    String name = text.substring(WORD.length(), end);
    SourceLedger alone = new SourceLedger(name, 0, "");
    if (name.isEmpty() || !text.startsWith(ENTRY, end)) {
      return name.isEmpty() ? NONE : alone;
    }
    int number = end + ENTRY.length();
    int afterNumber = number;
    while (afterNumber < text.length() && isDigit(text.charAt(afterNumber))) {
      afterNumber++;
    }
    int hash = afterNumber + 1;
    int afterHash = Math.min(text.length(), hash + HASH_LENGTH);
    if (afterNumber == number
        || afterNumber - number > LONGEST_NUMBER
        || !text.startsWith(" ", afterNumber)
        || endOfHex(text, hash) != hash + HASH_LENGTH) {
      return alone;
    }
    return new SourceLedger(
        name, Long.parseLong(text.substring(number, afterNumber)), text.substring(hash, afterHash));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static int endOfHex(String text, int from) {
    int end = from;
    while (end < text.length()
        && (isDigit(text.charAt(end)) || text.charAt(end) >= 'a' && text.charAt(end) <= 'f')) {
      end++;
    }
    return end;
  }
}

package dev.certwright.revocation.authorization;

import dev.certwright.revocation.UnacceptableConfigurationException;
import java.util.List;

/**
 * Which ledger a published text is from, as its first comment says. A ledger that does not know
 * what another one took back would let it in again: root's and an administrator's own, or those of
 * two machines.
 */
public final class SourceLedger {
  private static final String WORD = "ledger ";
  private static final int LENGTH = 12;

  private SourceLedger() {}

  /**
   * What the comment says.
   *
   * @param ledger name of the ledger; empty if it has no entries
   */
  public static String words(String ledger) {
    return (ledger.isEmpty() ? "" : WORD + ledger + ", ")
        + "written by certwright revocations publish, do not edit";
  }

  /** The name of a ledger whose first entry has this hash. */
  public static String name(String firstHash) {
    return firstHash.substring(0, Math.min(LENGTH, firstHash.length()));
  }

  /** The name in a text whose comment begins so; empty if there is none. */
  public static String in(String text, String comment) {
    int begin = text.indexOf(comment + ": " + WORD);
    if (begin < 0) {
      return "";
    }
    int start = begin + comment.length() + 2 + WORD.length();
    int end = start;
    while (end < text.length() && Character.digit(text.charAt(end), 16) >= 0) {
      end++;
    }
    return text.substring(start, end);
  }

  /**
   * Sees that one ledger does not undo what another took back.
   *
   * @param source name of the file, for messages
   * @param there the ledger that the file is from; empty for none
   * @param own the ledger that is to be published
   * @throws UnacceptableConfigurationException if they differ
   */
  public static void check(String source, String there, String own) {
    if (!there.isEmpty() && !there.equals(own)) {
      throw new UnacceptableConfigurationException(
          source,
          List.of(
              "it is published from the ledger "
                  + there
                  + ", and this one is "
                  + (own.isEmpty() ? "empty" : own)),
          "publishing would let in again what that ledger took back: name it with --ledger or"
              + " CERTWRIGHT_HOME; if it is lost, remove its name from the comment in the file");
    }
  }
}

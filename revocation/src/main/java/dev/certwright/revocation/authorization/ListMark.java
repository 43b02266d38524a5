package dev.certwright.revocation.authorization;

import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.Target;
import dev.certwright.revocation.RefusalText;
import dev.certwright.x509.Digests;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/**
 * Names the content of all lists together. A canary is told it with its refusal, so that an API
 * server tells by one request which lists it has loaded, also one that shows no metrics and one
 * that has no metric for it (Kubernetes before 1.34).
 */
public final class ListMark {
  private static final String BEGIN = " (canary of list ";
  private static final int DIGITS = 32;

  private ListMark() {}

  /** Equal for equal lists; 32 hexadecimal digits of their SHA-256. */
  static String of(List<Refusals> lists) {
    StringBuilder text = new StringBuilder();
    for (Refusals one : lists) {
      // No name, condition or message holds this character.
      text.append(one.name()).append('\0').append(one.condition()).append('\0');
      text.append(one.message()).append('\0');
    }
    byte[] digest = Digests.sha256(text.toString().getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(digest, 0, DIGITS / 2);
  }

  /** What a canary is told. */
  static String message(String mark) {
    return RefusalText.of(Target.Kind.CREDENTIAL, EntryType.REVOKED) + BEGIN + mark + ")";
  }

  /**
   * The mark in what a canary was told, or in a file that tells it.
   *
   * @return empty if there is none
   */
  public static String in(String text) {
    int begin = text.indexOf(BEGIN);
    int start = begin + BEGIN.length();
    if (begin < 0 || start + DIGITS > text.length()) {
      return "";
    }
    for (int i = start; i < start + DIGITS; i++) {
      if (Character.digit(text.charAt(i), 16) < 0) {
        return "";
      }
    }
    return text.substring(start, start + DIGITS);
  }
}

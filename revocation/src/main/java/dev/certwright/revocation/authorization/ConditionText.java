package dev.certwright.revocation.authorization;

import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.Target;
import dev.certwright.revocation.RefusalText;
import org.jspecify.annotations.Nullable;

/** Tells whether a condition over a SubjectAccessReview is one that {@link Refusals} makes. */
final class ConditionText {
  private static final String CERTIFICATES =
      "'authentication.kubernetes.io/credential-id' in request.extra &&\n"
          + "request.extra['authentication.kubernetes.io/credential-id'].exists(v, ";
  private static final String FULL_ID = "X509SHA256=";

  private ConditionText() {}

  /** What refusals of this name say; null if there is no such name. */
  static @Nullable String message(String name) {
    EntryType type = name.startsWith("suspended-") ? EntryType.SUSPENDED : EntryType.REVOKED;
    return Refusals.isName(name)
        ? RefusalText.of(
            isAboutCertificates(name) ? Target.Kind.CREDENTIAL : Target.Kind.USER, type)
        : null;
  }

  private static boolean isAboutCertificates(String name) {
    return name.contains("-client-certificates");
  }

  /** Whether it is a list, and nothing but a list, for refusals of this name. */
  static boolean isList(String name, String condition) {
    if (!isAboutCertificates(name)) {
      return isList(condition, "request.user in [", "]", null)
          || isList(condition, "request.uid in [", "]", null);
    }
    for (IdLength length : IdLength.values()) {
      if (isList(condition, CERTIFICATES + length.comparand() + " in [", "])", length)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isList(
      String condition, String beginning, String end, @Nullable IdLength length) {
    if (!condition.startsWith(beginning) || !condition.endsWith(end)) {
      return false;
    }
    int at = beginning.length();
    int last = condition.length() - end.length();
    if (at == last) {
      // Nobody is refused by name without a name.
      return length != null;
    }
    while (at < last) {
      if (condition.charAt(at) != '\n') {
        return false;
      }
      int next = condition.indexOf('\n', at + 1);
      next = next < 0 || next > last ? last : next;
      int close = next == last ? next : next - 1;
      if (next != last && condition.charAt(close) != ',') {
        return false;
      }
      if (length == null
          ? !isLiteral(condition, at + 1, close)
          : !isId(condition, at + 1, close, length)) {
        return false;
      }
      at = next;
    }
    return true;
  }

  private static boolean isId(String text, int from, int to, IdLength length) {
    String prefix = "'" + (length == IdLength.FULL ? FULL_ID : "");
    int digits = from + prefix.length();
    if (to - digits != length.digits() + 1
        || !text.startsWith(prefix, from)
        || text.charAt(to - 1) != '\'') {
      return false;
    }
    for (int i = digits; i < to - 1; i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  /** As {@link CelText} writes them: ASCII, with the escapes that it uses. */
  private static boolean isLiteral(String text, int from, int to) {
    if (to - from < 2 || text.charAt(from) != '\'' || text.charAt(to - 1) != '\'') {
      return false;
    }
    int end = to - 1;
    for (int at = from + 1; at < end; at++) {
      char c = text.charAt(at);
      if (c < ' ' || c > '~' || c == '\'') {
        return false;
      }
      if (c == '\\') {
        at++;
        if (at >= end) {
          return false;
        }
        int digits =
            switch (text.charAt(at)) {
              case '\\', '\'' -> 0;
              case 'u' -> 4;
              case 'U' -> 8;
              default -> -1;
            };
        if (digits < 0 || at + digits >= end || !isHex(text, at + 1, digits)) {
          return false;
        }
        at += digits;
      }
    }
    return true;
  }

  private static boolean isHex(String text, int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (Character.digit(text.charAt(i), 16) < 0 || text.charAt(i) > 'f') {
        return false;
      }
    }
    return true;
  }

  /** How many a list of this form has. */
  static int size(String condition) {
    int size = 0;
    for (int i = 0; i < condition.length() - 1; i++) {
      if (condition.charAt(i) == '\n' && condition.charAt(i + 1) == '\'') {
        size++;
      }
    }
    return size;
  }
}

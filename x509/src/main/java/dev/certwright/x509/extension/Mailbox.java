package dev.certwright.x509.extension;

import org.jspecify.annotations.Nullable;

/**
 * A mailbox (RFC 2821 4.1.2) as kube-apiserver reads rfc822Names where name constraints are
 * compared.
 *
 * @param local the part before the {@code @}, unquoted; case matters
 * @param domain the part after it, ASCII letters made small
 */
public record Mailbox(String local, String domain) {
  private static final String ATOM_MARKS = "!#$%&'*+-/=?^_`{|}~.";

  /**
   * Reads one.
   *
   * @param text ASCII
   * @return null if it is no mailbox
   */
  public static @Nullable Mailbox parse(String text) {
    StringBuilder local = new StringBuilder();
    int at = !text.isEmpty() && text.charAt(0) == '"' ? quoted(text, local) : dotted(text, local);
    if (at < 0 || at >= text.length() || text.charAt(at) != '@') {
      return null;
    }
    String domain = text.substring(at + 1);
    return DomainNames.isValid(domain, false)
        ? new Mailbox(local.toString(), DomainNames.lowerCase(domain))
        : null;
  }

  /** Reads a quoted local part; returns where it ends, or -1. */
  private static int quoted(String text, StringBuilder local) {
    int i = 1;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (c == '"') {
        return i;
      } else if (c == '\\') {
        if (i == text.length() || !isQuotable(text.charAt(i))) {
          return -1;
        }
        local.append(text.charAt(i++));
      } else if (isQuotedText(c)) {
        local.append(c);
      } else {
        return -1;
      }
    }
    return -1;
  }

  /** Any character but NUL, line feed and carriage return. */
  private static boolean isQuotable(char c) {
    return c >= 1 && c <= 127 && c != '\n' && c != '\r';
  }

  /** The same without tab, and without what ends or escapes. */
  private static boolean isQuotedText(char c) {
    return isQuotable(c) && c != '\t' && c != '"' && c != '\\';
  }

  /** Reads atoms with single dots between them; returns where they end, or -1. */
  private static int dotted(String text, StringBuilder local) {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (c == '\\') {
        // Upstream takes whatever follows a backslash, quoted or not (RFC 3696 errata).
        i++;
        if (i == text.length()) {
          return -1;
        }
      } else if (!isAtomText(c)) {
        break;
      }
      local.append(text.charAt(i++));
    }
    int last = local.length() - 1;
    if (last < 0
        || local.charAt(0) == '.'
        || local.charAt(last) == '.'
        || local.indexOf("..") >= 0) {
      return -1;
    }
    return i;
  }

  private static boolean isAtomText(char c) {
    return c >= '0' && c <= '9'
        || c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || ATOM_MARKS.indexOf(c) >= 0;
  }

  @Override
  public String toString() {
    return local + '@' + domain;
  }
}

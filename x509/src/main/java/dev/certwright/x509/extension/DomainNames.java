package dev.certwright.x509.extension;

/**
 * Domain names as kube-apiserver takes them: labels of printable characters with dots between them.
 * That is wider than RFC 1034; it is what decides.
 */
public final class DomainNames {
  private DomainNames() {}

  /**
   * Whether the text is a domain name, or empty.
   *
   * @param constraint whether a leading dot is allowed, as in a name constraint for subdomains only
   */
  public static boolean isValid(String text, boolean constraint) {
    return text.isEmpty() || hasLabels(text, constraint && text.charAt(0) == '.' ? 1 : 0);
  }

  /** No label is empty and all characters are between {@code !} and {@code ~}. */
  private static boolean hasLabels(String text, int from) {
    boolean labelEmpty = true;
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < 33 || c > 126 || c == '.' && labelEmpty) {
        return false;
      }
      labelEmpty = c == '.';
    }
    return !labelEmpty;
  }

  /** ASCII letters made small; everything else is kept. */
  public static String lowerCase(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (isUpper(text.charAt(i))) {
        StringBuilder lower = new StringBuilder(text);
        for (int k = i; k < lower.length(); k++) {
          lower.setCharAt(k, lowerCase(lower.charAt(k)));
        }
        return lower.toString();
      }
    }
    return text;
  }

  /** An ASCII letter made small; every other character is kept. */
  public static char lowerCase(char c) {
    return isUpper(c) ? (char) (c + ('a' - 'A')) : c;
  }

  private static boolean isUpper(char c) {
    return c >= 'A' && c <= 'Z';
  }
}

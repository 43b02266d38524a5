package dev.certwright.kubeconfig;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which texts Go's net/url takes for a URL, as far as {@code proxy-url} and {@code server} of a
 * kubeconfig need it.
 */
final class GoUrls {
  private static final String HOST_PUNCTUATION = "-._~!$&'()*+,;=:[]<>\"";
  private static final String USER_PUNCTUATION = "-._:~!$&'()*+,;=%@";

  private GoUrls() {}

  /**
   * The scheme of a URL in lower case, empty if it has none.
   *
   * @return null if Go cannot parse the text
   */
  static @Nullable String scheme(String text) {
    int hash = text.indexOf('#');
    String url = hash < 0 ? text : text.substring(0, hash);
    if (hash >= 0 && !isEscaped(text, hash + 1, text.length())) {
      return null;
    }
    for (int i = 0; i < url.length(); i++) {
      if (url.charAt(i) < ' ' || url.charAt(i) == 0x7F) {
        return null;
      }
    }
    int colon = schemeEnd(url);
    if (colon == 0) {
      return null;
    }
    String scheme = colon < 0 ? "" : url.substring(0, colon).toLowerCase(Locale.ROOT);
    String rest = url.substring(colon + 1);
    int query = rest.indexOf('?');
    return isHierarchy(scheme, query < 0 ? rest : rest.substring(0, query)) ? scheme : null;
  }

  /** Whether Go reads it as a URL of that scheme, in lower case, with a host or at least a port. */
  static boolean leadsToHost(String text, String scheme) {
    if (!scheme.equals(scheme(text))) {
      return false;
    }
    String rest = text.substring(scheme.length() + 1);
    if (!rest.startsWith("//")) {
      return false;
    }
    int end = 2;
    while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
      end++;
    }
    return end > 2 && rest.charAt(end - 1) != '@';
  }

  /** Index of the colon that ends the scheme, -1 if there is no scheme. */
  private static int schemeEnd(String url) {
    for (int i = 0; i < url.length(); i++) {
      char c = url.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (c == ':') {
        return i;
      }
      boolean later = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
      if (!letter && (!later || i == 0)) {
        return -1;
      }
    }
    return -1;
  }

  private static boolean isHierarchy(String scheme, String rest) {
    if (rest.equals("*") && scheme.isEmpty()) {
      return true;
    }
    if (!rest.startsWith("/")) {
      if (!scheme.isEmpty()) {
        return true;
      }
      int slash = rest.indexOf('/');
      int colon = rest.indexOf(':');
      return (colon < 0 || (slash >= 0 && slash < colon)) && isEscaped(rest, 0, rest.length());
    }
    int path = 0;
    if (rest.startsWith("//") && (!scheme.isEmpty() || !rest.startsWith("///"))) {
      int slash = rest.indexOf('/', 2);
      path = slash < 0 ? rest.length() : slash;
      if (!isAuthority(scheme, rest.substring(2, path))) {
        return false;
      }
    }
    return isEscaped(rest, path, rest.length());
  }

  private static boolean isAuthority(String scheme, String authority) {
    int at = authority.lastIndexOf('@');
    if (!isHost(scheme, authority.substring(at + 1))) {
      return false;
    }
    for (int i = 0; i < at; i++) {
      char c = authority.charAt(i);
      if (!isLetterOrDigit(c) && USER_PUNCTUATION.indexOf(c) < 0) {
        return false;
      }
    }
    return at < 0 || isEscaped(authority, 0, at);
  }

  private static boolean isHost(String scheme, String host) {
    int bracket = host.lastIndexOf('[');
    if (bracket > 0) {
      return false;
    }
    if (bracket == 0) {
      int close = host.lastIndexOf(']');
      return close > 0
          && isPort(host.substring(close + 1))
          && GoAddresses.isIpv6(host.substring(1, close));
    }
    int first = host.indexOf(':');
    int last = host.lastIndexOf(':');
    if (first >= 0) {
      boolean strict = scheme.equals("http") || scheme.equals("https");
      if (!isPort(host.substring(strict ? first : last))) {
        return false;
      }
    }
    return isHostText(host);
  }

  private static boolean isHostText(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      if (c == '%') {
        // Percent signs escape bytes that are not ASCII, and percent signs.
        boolean percent = host.startsWith("%25", i);
        if (!isHex(host, i + 1) || !isHex(host, i + 2) || (host.charAt(i + 1) < '8' && !percent)) {
          return false;
        }
        i += 2;
      } else if (c < 0x80 && !isLetterOrDigit(c) && HOST_PUNCTUATION.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPort(String port) {
    for (int i = 0; i < port.length(); i++) {
      char c = port.charAt(i);
      if (i == 0 ? c != ':' : c < '0' || c > '9') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  private static boolean isEscaped(String text, int from, int to) {
    for (int i = from; i < to; i++) {
      if (text.charAt(i) == '%') {
        if (i + 2 >= to || !isHex(text, i + 1) || !isHex(text, i + 2)) {
          return false;
        }
        i += 2;
      }
    }
    return true;
  }

  private static boolean isHex(String text, int at) {
    return at < text.length()
        && text.charAt(at) < 0x80
        && Character.digit(text.charAt(at), 16) >= 0;
  }
}

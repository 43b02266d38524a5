package dev.certwright.kubeconfig;

import org.jspecify.annotations.Nullable;

/**
 * The URL of an API server: {@code https}, a host, perhaps a port and a path.
 *
 * <p>Stricter than upstream, which takes a bare host for {@code http} (KC-14): a client certificate
 * is only ever shown over TLS.
 */
public final class ServerUrl {
  private static final String SCHEME = "https://";

  private final String text;

  private ServerUrl(String text) {
    this.text = text;
  }

  /**
   * Checks a URL.
   *
   * @throws IllegalArgumentException if it is not such a URL; the message says what was found and
   *     what was expected
   */
  public static ServerUrl of(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c >= 0x7F) {
        throw invalid(text, "holds a character that is not printable ASCII");
      }
      if ("?#@\"'<>\\^`{|}".indexOf(c) >= 0) {
        throw invalid(text, "holds '" + c + "', which the address of an API server has no use for");
      }
    }
    if (text.isEmpty()) {
      throw invalid(text, "is empty");
    }
    if (!text.startsWith(SCHEME)) {
      boolean http = text.regionMatches(true, 0, "http://", 0, 7);
      throw invalid(
          text,
          http
              ? "is not https, and a client certificate only works over TLS"
              : "does not begin with https://");
    }
    int slash = text.indexOf('/', SCHEME.length());
    String authority = text.substring(SCHEME.length(), slash < 0 ? text.length() : slash);
    String problem =
        authority.indexOf('%') > 0 && authority.charAt(0) != '['
            ? "has a '%' in its host"
            : problemOf(authority);
    if (problem != null) {
      throw invalid(text, problem);
    }
    if (!isEscaped(text)) {
      throw invalid(text, "has a '%' without two hexadecimal digits behind it");
    }
    return new ServerUrl(text);
  }

  private static @Nullable String problemOf(String authority) {
    if (authority.isEmpty() || authority.charAt(0) == ':') {
      return "has no host";
    }
    int hostEnd;
    if (authority.charAt(0) == '[') {
      hostEnd = authority.indexOf(']') + 1;
      if (hostEnd == 0 || !GoAddresses.isIpv6(authority.substring(1, hostEnd - 1))) {
        return "has no IPv6 address in its brackets";
      }
    } else {
      int colon = authority.indexOf(':');
      hostEnd = colon < 0 ? authority.length() : colon;
      if (authority.indexOf(':', hostEnd + 1) >= 0) {
        return "has more than one ':' in its host; an IPv6 address stands in brackets";
      }
    }
    if (hostEnd == authority.length()) {
      return null;
    }
    return authority.charAt(hostEnd) == ':' && isPort(authority.substring(hostEnd + 1))
        ? null
        : "has no port between 1 and 65535 behind its host";
  }

  private static boolean isEscaped(String text) {
    for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 1)) {
      if (i + 2 >= text.length()
          || Character.digit(text.charAt(i + 1), 16) < 0
          || Character.digit(text.charAt(i + 2), 16) < 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPort(String text) {
    if (text.isEmpty() || text.length() > 5) {
      return false;
    }
    int port = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      port = port * 10 + (c - '0');
    }
    return port >= 1 && port <= 65535;
  }

  private static IllegalArgumentException invalid(String text, String problem) {
    return new IllegalArgumentException(
        "server "
            + GoStrings.quote(text)
            + " "
            + problem
            + "; expected a URL such as https://10.0.0.1:6443");
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof ServerUrl that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  /** The URL as it was given. */
  @Override
  public String toString() {
    return text;
  }
}

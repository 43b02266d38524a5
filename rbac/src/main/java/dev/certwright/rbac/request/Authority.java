package dev.certwright.rbac.request;

import dev.certwright.rbac.GoText;

/**
 * User and host of a URL that names them, as Go reads them. Nothing is decided by them; but a
 * request with a malformed host is refused.
 *
 * @param user as it is printed, with its at sign; empty if there is none
 * @param host decoded
 */
record Authority(String user, String host) {
  static final Authority NONE = new Authority("", "");

  static Authority parse(String scheme, String text) {
    int at = text.lastIndexOf('@');
    String host = parseHost(scheme, text.substring(at + 1));
    return at < 0 ? new Authority("", host) : new Authority(parseUser(text.substring(0, at)), host);
  }

  private static String parseUser(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
      if (!plain && "-._:~!$&'()*+,;=%@".indexOf(c) < 0) {
        throw new RequestLineException("net/url: invalid userinfo");
      }
    }
    int colon = text.indexOf(':');
    if (colon < 0) {
      return Escapes.USER.encode(Escapes.USER.decode(text)) + "@";
    }
    return Escapes.USER.encode(Escapes.USER.decode(text.substring(0, colon)))
        + ":"
        + Escapes.USER.encode(Escapes.USER.decode(text.substring(colon + 1)))
        + "@";
  }

  private static String parseHost(String scheme, String text) {
    int open = text.lastIndexOf('[');
    if (open > 0) {
      throw new RequestLineException("invalid IP-literal");
    }
    if (open == 0) {
      return parseLiteral(text);
    }
    int colon = text.indexOf(':');
    int last = text.lastIndexOf(':');
    if (colon >= 0 && last != colon && !scheme.equals("http") && !scheme.equals("https")) {
      colon = last;
    }
    if (colon >= 0) {
      checkPort(text.substring(colon));
    }
    return Escapes.HOST.decode(text);
  }

  private static String parseLiteral(String text) {
    int close = text.lastIndexOf(']');
    if (close < 0) {
      throw new RequestLineException("missing ']' in host");
    }
    String port = text.substring(close + 1);
    checkPort(port);
    String name = text.substring(1, close);
    int zone = name.indexOf("%25");
    String host =
        zone < 0
            ? Escapes.HOST.decode(name)
            : Escapes.HOST.decode(name.substring(0, zone))
                + Escapes.ZONE.decode(name.substring(zone));
    if (!Ipv6.isAddress(host)) {
      throw new RequestLineException("invalid host: " + GoText.quote(ByteText.toText(host)));
    }
    return "[" + host + "]" + port;
  }

  private static void checkPort(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (i == 0 ? c != ':' : c < '0' || c > '9') {
        throw new RequestLineException(
            "invalid port " + GoText.quote(ByteText.toText(text)) + " after host");
      }
    }
  }
}

package dev.certwright.x509.extension;

import dev.certwright.x509.der.DerException;
import org.jspecify.annotations.Nullable;

/**
 * A uniformResourceIdentifier (RFC 5280 4.2.1.6) and its host as upstream's net/url finds it (rule
 * XS-43): what that parser refuses refuses the certificate, even where no constraint looks at it.
 *
 * @param text as it stands in the certificate, ASCII
 * @param host with port and brackets if it has them, percent-decoded; empty if there is none
 */
public record UriName(String text, String host) {
  private static final String HOST_MARKS = "!$&'()*+,;=:[]<>\"-_.~";
  private static final String USER_MARKS = "-._:~!$&'()*+,;=%@";

  /**
   * Reads one.
   *
   * @throws DerException if upstream cannot parse it
   */
  static UriName parse(String text) {
    int fragment = text.indexOf('#');
    String host = hostOf(fragment < 0 ? text : text.substring(0, fragment));
    if (fragment >= 0) {
      requireEscapes(text.substring(fragment + 1));
    }
    if (!DomainNames.isValid(host, false)) {
      throw refused("its host is no domain name");
    }
    return new UriName(text, host);
  }

  private static DerException refused(String why) {
    return new DerException("a subject alternative name that is no URI: " + why);
  }

  private static String hostOf(String uri) {
    for (int i = 0; i < uri.length(); i++) {
      if (uri.charAt(i) < ' ' || uri.charAt(i) == 0x7F) {
        throw refused("it holds a control character");
      }
    }
    int colon = schemeEnd(uri);
    boolean hasScheme = colon > 0;
    String rest = hasScheme ? uri.substring(colon + 1) : uri;
    int query = rest.indexOf('?');
    if (query >= 0) {
      rest = rest.substring(0, query);
    }
    if (uri.equals("*")) {
      return "";
    }
    if (!rest.startsWith("/")) {
      if (hasScheme) {
        return "";
      }
      int slash = rest.indexOf('/');
      if ((slash < 0 ? rest : rest.substring(0, slash)).indexOf(':') >= 0) {
        throw refused("its first path segment holds a colon");
      }
    }
    String host = "";
    if (rest.startsWith("//") && (hasScheme || !rest.startsWith("///"))) {
      int slash = rest.indexOf('/', 2);
      String authority = rest.substring(2, slash < 0 ? rest.length() : slash);
      rest = slash < 0 ? "" : rest.substring(slash);
      host = authorityHost(authority, hasScheme ? uri.substring(0, colon) : "");
    }
    requireEscapes(rest);
    return host;
  }

  /** Where the scheme ends; 0 if there is none. */
  private static int schemeEnd(String uri) {
    for (int i = 0; i < uri.length(); i++) {
      char c = uri.charAt(i);
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      boolean later = c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.';
      if (c == ':') {
        if (i == 0) {
          throw refused("its scheme is empty");
        }
        return i;
      } else if (!letter && !(later && i > 0)) {
        return 0;
      }
    }
    return 0;
  }

  private static String authorityHost(String authority, String scheme) {
    int at = authority.lastIndexOf('@');
    String host = host(authority.substring(at + 1), scheme);
    if (at >= 0) {
      String user = authority.substring(0, at);
      for (int i = 0; i < user.length(); i++) {
        char c = user.charAt(i);
        if (!isLetterOrDigit(c) && USER_MARKS.indexOf(c) < 0) {
          throw refused("its user information holds a character that must be escaped");
        }
      }
      int colon = user.indexOf(':');
      requireEscapes(colon < 0 ? user : user.substring(0, colon));
      requireEscapes(colon < 0 ? "" : user.substring(colon + 1));
    }
    return host;
  }

  private static String host(String host, String scheme) {
    int bracket = host.lastIndexOf('[');
    if (bracket > 0) {
      throw refused("a bracket stands inside its host");
    } else if (bracket == 0) {
      return literal(host);
    }
    int colon = host.indexOf(':');
    if (colon >= 0) {
      int last = host.lastIndexOf(':');
      boolean web = scheme.equalsIgnoreCase("http") || scheme.equalsIgnoreCase("https");
      requirePort(host.substring(web ? colon : last));
    }
    return decoded(host, Escapes.HOST);
  }

  private static String literal(String host) {
    int close = host.lastIndexOf(']');
    if (close < 0) {
      throw refused("a bracket of its host is not closed");
    }
    requirePort(host.substring(close + 1));
    String name = host.substring(1, close);
    int zone = name.indexOf("%25");
    String address =
        zone < 0
            ? decoded(name, Escapes.HOST)
            : decoded(name.substring(0, zone), Escapes.HOST)
                + decoded(name.substring(zone), Escapes.ZONE);
    IpText.Kind kind = IpText.kindOf(address);
    if (kind != IpText.Kind.IPV6 && kind != IpText.Kind.IPV6_WITH_ZONE) {
      throw refused("what stands between its brackets is no IPv6 address");
    }
    return "[" + address + "]" + host.substring(close + 1);
  }

  private static void requirePort(String port) {
    if (!port.isEmpty() && port.charAt(0) != ':') {
      throw refused("something other than a port follows its host");
    }
    for (int i = 1; i < port.length(); i++) {
      if (port.charAt(i) < '0' || port.charAt(i) > '9') {
        throw refused("its port is no number");
      }
    }
  }

  private enum Escapes {
    HOST,
    ZONE
  }

  private static void requireEscapes(String text) {
    for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 3)) {
      octetAt(text, i);
    }
  }

  private static int octetAt(String text, int percent) {
    int high = percent + 1 < text.length() ? hexDigit(text.charAt(percent + 1)) : -1;
    int low = percent + 2 < text.length() ? hexDigit(text.charAt(percent + 2)) : -1;
    if (high < 0 || low < 0) {
      throw refused("a percent sign without two hexadecimal digits");
    }
    return high << 4 | low;
  }

  private static int hexDigit(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }

  /**
   * A host may escape only octets above 7F and the percent sign; a zone also what a host may hold
   * unescaped, and blanks.
   */
  private static String decoded(String text, Escapes escapes) {
    StringBuilder result = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int octet = octetAt(text, i);
        boolean allowed =
            octet == '%'
                || octet >= 0x80 && escapes == Escapes.HOST
                || escapes == Escapes.ZONE && (octet == ' ' || isHostCharacter((char) octet));
        if (!allowed) {
          throw refused("its host escapes what it must not");
        }
        result.append((char) octet);
        i += 2;
      } else if (c < 0x80 && !isHostCharacter(c)) {
        throw refused("its host holds a character that it must not");
      } else {
        result.append(c);
      }
    }
    return result.toString();
  }

  private static boolean isHostCharacter(char c) {
    return isLetterOrDigit(c) || HOST_MARKS.indexOf(c) >= 0;
  }

  private static boolean isLetterOrDigit(char c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  /**
   * The host as name constraints see it: small letters, without port.
   *
   * @return null if they cannot be compared with it: there is no host, it is an IP address, or its
   *     port cannot be told apart
   */
  public @Nullable String constrainedHost() {
    String name = DomainNames.lowerCase(host);
    if (name.isEmpty()) {
      return null;
    }
    int colon = name.lastIndexOf(':');
    if (colon >= 0 && !name.endsWith("]")) {
      name = withoutPort(host, colon);
    }
    if (name == null
        || IpText.kindOf(name) != IpText.Kind.NONE
        || name.startsWith("[") && name.endsWith("]")) {
      return null;
    }
    return name;
  }

  /** Takes a port off; the letters stay as they are, because upstream starts over from the host. */
  private static @Nullable String withoutPort(String host, int colon) {
    String name = host.substring(0, colon);
    int open = host.indexOf('[');
    int close = host.indexOf(']');
    if (open == 0) {
      boolean wellFormed =
          close + 1 == colon && host.indexOf('[', 1) < 0 && host.indexOf(']', colon) < 0;
      return wellFormed ? host.substring(1, close) : null;
    }
    return open < 0 && close < 0 && name.indexOf(':') < 0 ? name : null;
  }
}

package dev.certwright.oidc.expression;

import dev.certwright.rbac.GoText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A URL as Go's {@code net/url} parses it.
 *
 * @param scheme in lower case, or empty
 * @param userInfo whether there is a user name, empty or not
 * @param host with its port, percent-decoded
 * @param escapedPath as it was written
 * @param query without the question mark
 * @param fragment as it was written
 */
public record GoUrl(
    String scheme,
    boolean userInfo,
    String host,
    String escapedPath,
    String query,
    String fragment) {

  /** Not a URL; the message is Go's. */
  public static final class UrlException extends Exception {
    private static final long serialVersionUID = 1L;

    UrlException(String url, String problem) {
      super("parse " + GoText.quote(url) + ": " + problem);
    }
  }

  /**
   * {@code url.Parse}.
   *
   * @throws UrlException with Go's message
   */
  public static GoUrl parse(String url) throws UrlException {
    int hash = url.indexOf('#');
    String fragment = hash < 0 ? "" : url.substring(hash + 1);
    GoUrl parsed = new Parser(url).parse(hash < 0 ? url : url.substring(0, hash), fragment, false);
    new Parser(url).checkEscapes(fragment);
    return parsed;
  }

  /**
   * {@code url.ParseRequestURI}.
   *
   * @throws UrlException with Go's message
   */
  static GoUrl parseRequest(String url) throws UrlException {
    return new Parser(url).parse(url, "", true);
  }

  /** Without port and brackets. */
  String hostname() {
    String name = host;
    int colon = colon();
    if (colon >= 0) {
      name = name.substring(0, colon);
    }
    return name.startsWith("[") && name.endsWith("]") ? name.substring(1, name.length() - 1) : name;
  }

  /** What follows the host's last colon. */
  String port() {
    int colon = colon();
    return colon < 0 ? "" : host.substring(colon + 1);
  }

  private int colon() {
    int colon = host.lastIndexOf(':');
    return colon < 0 || host.indexOf(']', colon) >= 0 ? -1 : colon;
  }

  /** Parameters of the query; what cannot be decoded is left out. */
  Map<String, List<String>> parameters() {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String pair : query.split("&", -1)) {
      if (pair.isEmpty() || pair.indexOf(';') >= 0) {
        continue;
      }
      int equals = pair.indexOf('=');
      String key = decoded(equals < 0 ? pair : pair.substring(0, equals));
      String value = decoded(equals < 0 ? "" : pair.substring(equals + 1));
      if (key != null && value != null) {
        parameters.computeIfAbsent(key, none -> new ArrayList<>()).add(value);
      }
    }
    return parameters;
  }

  private static @Nullable String decoded(String text) {
    return Parser.unescape(text.replace('+', ' '));
  }

  /** Takes one apart. */
  private static final class Parser {
    private static final String HOST_CHARACTERS = "-_.~!$&'()*+,;=:[]<>\"";
    private static final String USER_CHARACTERS = "-._:~!$&'()*+,;=%@";

    private final String url;

    Parser(String url) {
      this.url = url;
    }

    private UrlException problem(String what) {
      return new UrlException(url, what);
    }

    GoUrl parse(String text, String fragment, boolean request) throws UrlException {
      for (int i = 0; i < text.length(); i++) {
        if (text.charAt(i) < ' ' || text.charAt(i) == 0x7F) {
          throw problem("net/url: invalid control character in URL");
        }
      }
      if (text.isEmpty() && request) {
        throw problem("empty url");
      }
      String scheme = scheme(text);
      String rest = text.substring(scheme.isEmpty() ? 0 : scheme.length() + 1);
      scheme = scheme.toLowerCase(Locale.ROOT);
      int mark = rest.indexOf('?');
      String query = mark < 0 ? "" : rest.substring(mark + 1);
      rest = mark < 0 ? rest : rest.substring(0, mark);
      if (!rest.startsWith("/")) {
        if (!scheme.isEmpty()) {
          return new GoUrl(scheme, false, "", "", query, fragment);
        } else if (request && !text.equals("*")) {
          throw problem("invalid URI for request");
        }
        int slash = rest.indexOf('/');
        if ((slash < 0 ? rest : rest.substring(0, slash)).indexOf(':') >= 0) {
          throw problem("first path segment in URL cannot contain colon");
        }
      }
      boolean user = false;
      String host = "";
      if ((!scheme.isEmpty() || !request && !rest.startsWith("///")) && rest.startsWith("//")) {
        int slash = rest.indexOf('/', 2);
        String authority = slash < 0 ? rest.substring(2) : rest.substring(2, slash);
        rest = slash < 0 ? "" : rest.substring(slash);
        int at = authority.lastIndexOf('@');
        host = host(scheme, authority.substring(at + 1));
        user = at >= 0;
        if (user) {
          checkUser(authority.substring(0, at));
        }
      }
      checkEscapes(rest);
      return new GoUrl(scheme, user, host, rest, query, fragment);
    }

    private String scheme(String text) throws UrlException {
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c == ':') {
          if (i == 0) {
            throw problem("missing protocol scheme");
          }
          return text.substring(0, i);
        }
        boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
        boolean later = c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.';
        if (!letter && !(later && i > 0)) {
          return "";
        }
      }
      return "";
    }

    private void checkUser(String user) throws UrlException {
      for (int i = 0; i < user.length(); i++) {
        char c = user.charAt(i);
        if (!isAlphanumeric(c) && USER_CHARACTERS.indexOf(c) < 0) {
          throw problem("net/url: invalid userinfo");
        }
      }
      checkEscapes(user);
    }

    private static boolean isAlphanumeric(char c) {
      return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    private String host(String scheme, String host) throws UrlException {
      int open = host.lastIndexOf('[');
      if (open > 0) {
        throw problem("invalid IP-literal");
      } else if (open == 0) {
        int close = host.lastIndexOf(']');
        if (close < 0) {
          throw problem("missing ']' in host");
        }
        checkPort(host.substring(close + 1));
        String name = host.substring(1, close);
        int zone = name.indexOf("%25");
        checkHost(zone < 0 ? name : name.substring(0, zone));
        IpAddress address = IpAddress.parse(zone < 0 ? name : name.substring(0, zone));
        if (address == null) {
          throw problem("invalid host: ParseAddr(" + GoText.quote(name) + ")");
        } else if (address.family() == 4) {
          throw problem("invalid IP-literal");
        }
        return host;
      }
      int colon = host.indexOf(':');
      if (colon >= 0) {
        boolean strict = scheme.equals("http") || scheme.equals("https");
        checkPort(host.substring(strict ? colon : host.lastIndexOf(':')));
      }
      checkHost(host);
      String decoded = unescape(host);
      return decoded == null ? host : decoded;
    }

    private void checkPort(String port) throws UrlException {
      boolean valid = port.isEmpty() || port.charAt(0) == ':';
      for (int i = 1; i < port.length(); i++) {
        valid &= port.charAt(i) >= '0' && port.charAt(i) <= '9';
      }
      if (!valid) {
        throw problem("invalid port " + GoText.quote(port) + " after host");
      }
    }

    private void checkHost(String host) throws UrlException {
      for (int i = 0; i < host.length(); i++) {
        char c = host.charAt(i);
        if (c == '%') {
          checkEscape(host, i);
          boolean ascii = Character.digit(host.charAt(i + 1), 16) < 8;
          if (ascii && !host.startsWith("%25", i)) {
            throw problem("invalid URL escape " + GoText.quote(host.substring(i, i + 3)));
          }
          i += 2;
        } else if (c < 0x80 && !isAlphanumeric(c) && HOST_CHARACTERS.indexOf(c) < 0) {
          throw problem("invalid character " + GoText.quote(String.valueOf(c)) + " in host name");
        }
      }
    }

    void checkEscapes(String text) throws UrlException {
      for (int i = text.indexOf('%'); i >= 0; i = text.indexOf('%', i + 3)) {
        checkEscape(text, i);
      }
    }

    private void checkEscape(String text, int at) throws UrlException {
      if (!isEscape(text, at)) {
        throw problem(
            "invalid URL escape "
                + GoText.quote(text.substring(at, Math.min(at + 3, text.length()))));
      }
    }

    private static boolean isEscape(String text, int at) {
      return at + 2 < text.length() && isHex(text.charAt(at + 1)) && isHex(text.charAt(at + 2));
    }

    private static boolean isHex(char c) {
      return c < 0x80 && Character.digit(c, 16) >= 0;
    }

    static @Nullable String unescape(String text) {
      if (text.indexOf('%') < 0) {
        return text;
      }
      java.io.ByteArrayOutputStream bytes = new java.io.ByteArrayOutputStream(text.length());
      for (int i = 0; i < text.length(); ) {
        if (text.charAt(i) == '%') {
          if (!isEscape(text, i)) {
            return null;
          }
          bytes.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
          i += 3;
        } else {
          int point = text.codePointAt(i);
          byte[] encoded =
              Character.toString(point).getBytes(java.nio.charset.StandardCharsets.UTF_8);
          bytes.write(encoded, 0, encoded.length);
          i += Character.charCount(point);
        }
      }
      byte[] all = bytes.toByteArray();
      return GoText.ofUtf8(all, 0, all.length);
    }
  }
}

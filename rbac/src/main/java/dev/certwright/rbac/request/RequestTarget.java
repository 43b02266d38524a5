package dev.certwright.rbac.request;

import dev.certwright.rbac.GoText;

/**
 * The target of a request line as {@code net/url.ParseRequestURI} of Go reads it. All texts have
 * one character a byte.
 *
 * @param scheme lower case, empty of the usual target that is only a path
 * @param opaque what follows the scheme if that is no slash
 * @param user with its at sign, or empty
 * @param host decoded, or empty
 * @param path decoded
 * @param rawPath as it came
 * @param query as it came, without its mark
 * @param bareMark whether the query is only its mark
 * @param namesHost whether there is a host after two slashes, be it empty
 */
record RequestTarget(
    String scheme,
    String opaque,
    String user,
    String host,
    String path,
    String rawPath,
    String query,
    boolean bareMark,
    boolean namesHost) {

  /**
   * Reads the target of a request.
   *
   * @throws RequestLineException if Go's server refuses it
   */
  static RequestTarget parse(String method, String target) {
    // A target of CONNECT that is not a path is a host and port.
    boolean justAuthority = method.equals("CONNECT") && !target.startsWith("/");
    RequestTarget parsed = parse(justAuthority ? "http://" + target : target);
    return justAuthority
        ? new RequestTarget(
            "",
            "",
            parsed.user,
            parsed.host,
            parsed.path,
            parsed.rawPath,
            parsed.query,
            parsed.bareMark,
            true)
        : parsed;
  }

  private static RequestTarget parse(String target) {
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c < ' ' || c == 0x7F) {
        throw refused(target, "net/url: invalid control character in URL");
      }
    }
    if (target.isEmpty()) {
      throw refused(target, "empty url");
    }
    if (target.equals("*")) {
      return new RequestTarget("", "", "", "", "*", "*", "", false, false);
    }
    int colon = schemeLength(target);
    if (colon == 0) {
      throw refused(target, "missing protocol scheme");
    }
    String scheme = colon < 0 ? "" : lowerCase(target.substring(0, colon));
    String rest = target.substring(colon + 1);
    int mark = rest.indexOf('?');
    boolean bareMark = mark >= 0 && mark == rest.length() - 1;
    String query = mark < 0 ? "" : rest.substring(mark + 1);
    rest = mark < 0 ? rest : rest.substring(0, mark);
    if (!rest.startsWith("/")) {
      if (scheme.isEmpty()) {
        throw refused(target, "invalid URI for request");
      }
      return new RequestTarget(scheme, rest, "", "", "", "", query, bareMark, false);
    }
    Authority authority = Authority.NONE;
    boolean namesHost = !scheme.isEmpty() && rest.startsWith("//");
    if (namesHost) {
      int slash = rest.indexOf('/', 2);
      int end = slash < 0 ? rest.length() : slash;
      try {
        authority = Authority.parse(scheme, rest.substring(2, end));
      } catch (RequestLineException e) {
        throw refused(target, String.valueOf(e.getMessage()));
      }
      rest = rest.substring(end);
    }
    String path;
    try {
      path = Escapes.PATH.decode(rest);
    } catch (RequestLineException e) {
      throw refused(target, String.valueOf(e.getMessage()));
    }
    return new RequestTarget(
        scheme, "", authority.user(), authority.host(), path, rest, query, bareMark, namesHost);
  }

  private static RequestLineException refused(String target, String why) {
    return new RequestLineException("parse " + GoText.quote(ByteText.toText(target)) + ": " + why);
  }

  // -1 where there is no scheme.
  private static int schemeLength(String target) {
    for (int i = 0; i < target.length(); i++) {
      char c = target.charAt(i);
      if (c == ':') {
        return i;
      }
      boolean letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      boolean other = c >= '0' && c <= '9' || c == '+' || c == '-' || c == '.';
      if (!letter && !(other && i > 0)) {
        return -1;
      }
    }
    return -1;
  }

  static String lowerCase(String ascii) {
    StringBuilder out = new StringBuilder(ascii.length());
    for (int i = 0; i < ascii.length(); i++) {
      char c = ascii.charAt(i);
      out.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
    }
    return out.toString();
  }

  /** The URL as Go prints it, for messages. */
  String print() {
    StringBuilder out = new StringBuilder();
    if (!scheme.isEmpty()) {
      out.append(scheme).append(':');
    }
    if (!opaque.isEmpty()) {
      out.append(opaque);
    } else {
      printHierarchy(out);
    }
    if (bareMark || !query.isEmpty()) {
      out.append('?').append(query);
    }
    return out.toString();
  }

  private void printHierarchy(StringBuilder out) {
    boolean anything = !host.isEmpty() || !user.isEmpty();
    if (anything || namesHost && !scheme.isEmpty() && !path.isEmpty()) {
      out.append("//").append(user).append(Escapes.HOST.encode(host));
    }
    String escaped = escapedPath();
    if (!escaped.isEmpty() && escaped.charAt(0) != '/' && !host.isEmpty()) {
      out.append('/');
    }
    out.append(escaped);
  }

  private String escapedPath() {
    if (path.equals("*")) {
      return "*";
    }
    for (int i = 0; i < rawPath.length(); i++) {
      char c = rawPath.charAt(i);
      if (!Escapes.PATH.isPlain(c) && "!'()*[]%".indexOf(c) < 0) {
        return Escapes.PATH.encode(path);
      }
    }
    return rawPath;
  }
}

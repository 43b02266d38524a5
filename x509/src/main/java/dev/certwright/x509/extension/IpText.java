package dev.certwright.x509.extension;

/** IP addresses as text (RFC 4291 2.2), in the forms upstream's net/netip reads. */
final class IpText {
  /** What a text was found to be. */
  enum Kind {
    NONE,
    IPV4,
    IPV6,
    IPV6_WITH_ZONE
  }

  private IpText() {}

  /** What this text is. */
  static Kind kindOf(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.') {
        return isV4(text, 0, text.length()) ? Kind.IPV4 : Kind.NONE;
      } else if (c == ':') {
        return v6(text);
      } else if (c == '%') {
        return Kind.NONE;
      }
    }
    return Kind.NONE;
  }

  private static boolean isV4(String text, int from, int to) {
    int fields = 0;
    int value = -1;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c >= '0' && c <= '9') {
        if (value == 0) {
          return false;
        }
        value = Math.max(value, 0) * 10 + (c - '0');
        if (value > 255) {
          return false;
        }
      } else if (c == '.') {
        if (value < 0 || fields == 3) {
          return false;
        }
        fields++;
        value = -1;
      } else {
        return false;
      }
    }
    return fields == 3 && value >= 0;
  }

  private static Kind v6(String text) {
    int zone = text.indexOf('%');
    int end = zone < 0 ? text.length() : zone;
    if (zone == text.length() - 1 && zone >= 0) {
      return Kind.NONE;
    }
    Kind kind = zone < 0 ? Kind.IPV6 : Kind.IPV6_WITH_ZONE;
    int at = 0;
    boolean ellipsis = text.startsWith("::") && end >= 2;
    if (ellipsis) {
      at = 2;
      if (at == end) {
        return kind;
      }
    }
    int bytes = 0;
    while (bytes < 16) {
      int digits = 0;
      while (at + digits < end && isHex(text.charAt(at + digits))) {
        if (++digits > 4) {
          return Kind.NONE;
        }
      }
      if (digits == 0) {
        return Kind.NONE;
      }
      if (at + digits < end && text.charAt(at + digits) == '.') {
        if (!ellipsis && bytes != 12 || bytes + 4 > 16 || !isV4(text, at, end)) {
          return Kind.NONE;
        }
        bytes += 4;
        at = end;
        break;
      }
      bytes += 2;
      at += digits;
      if (at == end) {
        break;
      }
      if (text.charAt(at) != ':' || at + 1 == end) {
        return Kind.NONE;
      }
      at++;
      if (text.charAt(at) == ':') {
        if (ellipsis) {
          return Kind.NONE;
        }
        ellipsis = true;
        at++;
        if (at == end) {
          break;
        }
      }
    }
    // An ellipsis stands for at least one group.
    return at == end && (bytes < 16) == ellipsis ? kind : Kind.NONE;
  }

  private static boolean isHex(char c) {
    return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
  }
}

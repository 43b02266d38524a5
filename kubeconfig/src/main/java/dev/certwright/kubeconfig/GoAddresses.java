package dev.certwright.kubeconfig;

/** Which texts are IPv6 addresses. */
final class GoAddresses {
  private GoAddresses() {}

  /** Whether it is an IPv6 address (RFC 4291 section 2.2), with or without a zone. */
  static boolean isIpv6(String text) {
    int zone = text.indexOf("%25");
    if (zone >= 0) {
      return zone + 3 < text.length() && isIpv6(text.substring(0, zone));
    }
    int compressed = text.indexOf("::");
    if (compressed >= 0) {
      int left = groups(text.substring(0, compressed), false);
      int right = groups(text.substring(compressed + 2), true);
      return left >= 0 && right >= 0 && left + right <= 7;
    }
    return groups(text, true) == 8;
  }

  /** How many 16-bit groups the text has, -1 if it is malformed. */
  private static int groups(String text, boolean mayEndInIpv4) {
    if (text.isEmpty()) {
      return 0;
    }
    int count = 0;
    int from = 0;
    while (from <= text.length()) {
      int colon = text.indexOf(':', from);
      int to = colon < 0 ? text.length() : colon;
      String group = text.substring(from, to);
      if (colon < 0 && mayEndInIpv4 && isIpv4(group)) {
        return count + 2;
      }
      if (!isGroup(group)) {
        return -1;
      }
      count++;
      from = to + 1;
    }
    return count;
  }

  private static boolean isGroup(String group) {
    if (group.isEmpty() || group.length() > 4) {
      return false;
    }
    for (int i = 0; i < group.length(); i++) {
      char c = group.charAt(i);
      if (c >= 0x80 || Character.digit(c, 16) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether it is an IPv4 address of four decimal numbers without leading zeros. */
  static boolean isIpv4(String text) {
    int parts = 0;
    int from = 0;
    while (from <= text.length()) {
      int dot = text.indexOf('.', from);
      int to = dot < 0 ? text.length() : dot;
      if (to == from || to - from > 3 || (to - from > 1 && text.charAt(from) == '0')) {
        return false;
      }
      int value = 0;
      for (int i = from; i < to; i++) {
        char c = text.charAt(i);
        if (c < '0' || c > '9') {
          return false;
        }
        value = value * 10 + (c - '0');
      }
      if (value > 255) {
        return false;
      }
      parts++;
      from = to + 1;
    }
    return parts == 4;
  }
}

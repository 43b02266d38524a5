package dev.certwright.rbac.request;

/** Which texts Go takes for IPv6 addresses, zone included. */
final class Ipv6 {
  private Ipv6() {}

  static boolean isAddress(String text) {
    int percent = text.indexOf('%');
    String address = percent < 0 ? text : text.substring(0, percent);
    // What comes first decides what it is taken for: a dot makes it an IPv4 address.
    int colon = address.indexOf(':');
    int dot = address.indexOf('.');
    return percent != text.length() - 1
        && colon >= 0
        && (dot < 0 || colon < dot)
        && hasEightGroups(address);
  }

  private static boolean hasEightGroups(String address) {
    String text = address;
    int groups = 0;
    boolean gap = false;
    if (text.startsWith("::")) {
      gap = true;
      text = text.substring(2);
    }
    while (groups < 8 && !text.isEmpty()) {
      int digits = 0;
      while (digits < text.length() && Escapes.hexValue(text.charAt(digits)) >= 0) {
        digits++;
      }
      if (digits == 0 || digits > 4) {
        return false;
      }
      if (digits < text.length() && text.charAt(digits) == '.') {
        if (!gap && groups != 6 || groups > 6 || !isIpv4(text)) {
          return false;
        }
        groups += 2;
        text = "";
        break;
      }
      groups++;
      text = text.substring(digits);
      if (text.isEmpty()) {
        break;
      }
      if (text.charAt(0) != ':' || text.length() == 1) {
        return false;
      }
      text = text.substring(1);
      if (text.charAt(0) == ':') {
        if (gap) {
          return false;
        }
        gap = true;
        text = text.substring(1);
      }
    }
    return text.isEmpty() && (gap ? groups < 8 : groups == 8);
  }

  private static boolean isIpv4(String text) {
    int fields = 0;
    int from = 0;
    while (from <= text.length()) {
      int dot = text.indexOf('.', from);
      int end = dot < 0 ? text.length() : dot;
      if (!isOctet(text, from, end)) {
        return false;
      }
      fields++;
      from = end + 1;
      if (dot < 0) {
        break;
      }
    }
    return fields == 4;
  }

  private static boolean isOctet(String text, int from, int end) {
    if (end == from || end - from > 3 || end - from > 1 && text.charAt(from) == '0') {
      return false;
    }
    int value = 0;
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      value = value * 10 + c - '0';
    }
    return value <= 255;
  }
}

package dev.certwright.cluster;

/** IPv4 addresses in CIDR notation, as they stand in {@code NO_PROXY}. */
final class AddressBlock {
  private static final int BITS = 32;
  private static final int PARTS = 4;
  private static final int LARGEST_PART = 255;

  private AddressBlock() {}

  /** Whether a block such as {@code 10.0.0.0/8} has the address that a host is written as. */
  static boolean contains(String block, String host) {
    int slash = block.indexOf('/');
    long network = address(block.substring(0, slash));
    long address = address(host);
    int length = number(block.substring(slash + 1), BITS);
    if (network < 0 || address < 0 || length < 0) {
      return false;
    }
    long mask = length == 0 ? 0 : -1L << (BITS - length);
    return (network & mask) == (address & mask);
  }

  private static long address(String text) {
    String[] parts = text.split("\\.", -1);
    if (parts.length != PARTS) {
      return -1;
    }
    long address = 0;
    for (String part : parts) {
      int number = number(part, LARGEST_PART);
      if (number < 0) {
        return -1;
      }
      address = address << 8 | number;
    }
    return address;
  }

  private static int number(String text, int largest) {
    int number = 0;
    if (text.isEmpty() || text.length() > 3) {
      return -1;
    }
    for (int i = 0; i < text.length(); i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      number = number * 10 + digit;
    }
    return number <= largest ? number : -1;
  }
}

package dev.certwright.oidc.expression;

import org.jspecify.annotations.Nullable;

/**
 * A CIDR block, as Go's {@code net/netip} reads and compares it.
 *
 * @param address with its host bits
 * @param length of the prefix, in bits
 */
record AddressBlock(IpAddress address, int length) {

  /** Null if it is none. */
  static @Nullable AddressBlock parse(String text) {
    int slash = text.lastIndexOf('/');
    if (slash < 0) {
      return null;
    }
    IpAddress address = IpAddress.parse(text.substring(0, slash));
    String bits = text.substring(slash + 1);
    if (address == null
        || address.isMappedV4()
        || bits.isEmpty()
        || bits.length() > 3
        || bits.length() > 1 && bits.charAt(0) == '0') {
      return null;
    }
    int length = 0;
    for (int i = 0; i < bits.length(); i++) {
      if (bits.charAt(i) < '0' || bits.charAt(i) > '9') {
        return null;
      }
      length = length * 10 + bits.charAt(i) - '0';
    }
    return length > address.bits() ? null : new AddressBlock(address, length);
  }

  boolean contains(IpAddress other) {
    return other.family() == address.family()
        && other.masked(length).equals(address.masked(length));
  }

  boolean contains(AddressBlock other) {
    return length <= other.length && contains(other.address);
  }

  AddressBlock masked() {
    return new AddressBlock(address.masked(length), length);
  }

  @Override
  public String toString() {
    return address + "/" + length;
  }
}

package dev.certwright.x509.extension;

import dev.certwright.x509.der.DerException;
import java.util.Arrays;

/**
 * An iPAddress constraint (RFC 5280 4.2.1.10).
 *
 * @param address 4 or 16 bytes, not copied; bits outside the mask may be set (rule XS-42)
 * @param mask as long as the address, ones before zeros, not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record IpRange(byte[] address, byte[] mask) {
  private static final int IPV4_LENGTH = 4;
  private static final int IPV6_LENGTH = 16;
  private static final int PREFIX_LENGTH = IPV6_LENGTH - IPV4_LENGTH;

  /**
   * From the value of the constraint.
   *
   * @throws DerException if it is not address and mask, or the mask has holes
   */
  static IpRange of(byte[] value) {
    if (value.length != 2 * IPV4_LENGTH && value.length != 2 * IPV6_LENGTH) {
      throw new DerException("an IP constraint of " + value.length + " bytes");
    }
    int half = value.length / 2;
    byte[] mask = Arrays.copyOfRange(value, half, value.length);
    boolean zeros = false;
    for (byte b : mask) {
      int octet = b & 0xFF;
      // In a run of ones followed by zeros, the inverted octet plus one is a power of two.
      int inverted = ~octet & 0xFF;
      if (zeros && octet != 0 || (inverted & (inverted + 1)) != 0) {
        throw new DerException("an IP constraint whose mask has holes");
      }
      zeros = octet != 0xFF;
    }
    return new IpRange(Arrays.copyOf(value, half), mask);
  }

  /** Whether it is a range of IPv4 addresses by its length; IPv4-mapped ranges are not. */
  public boolean isV4() {
    return address.length == IPV4_LENGTH;
  }

  /**
   * Whether an address lies in the range. Upstream treats IPv4-mapped addresses, and ranges of
   * them, as IPv4.
   */
  public boolean contains(byte[] other) {
    int networkFrom = isMapped(address) ? PREFIX_LENGTH : 0;
    int otherFrom = isMapped(other) ? PREFIX_LENGTH : 0;
    int length = address.length - networkFrom;
    if (other.length - otherFrom != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (((address[networkFrom + i] ^ other[otherFrom + i]) & mask[networkFrom + i]) != 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean isMapped(byte[] address) {
    if (address.length != IPV6_LENGTH || address[10] != -1 || address[11] != -1) {
      return false;
    }
    for (int i = 0; i < 10; i++) {
      if (address[i] != 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether the other range's first and last address lie in this one. */
  public boolean includes(IpRange other) {
    byte[] last = new byte[other.address.length];
    for (int i = 0; i < last.length; i++) {
      last[i] = (byte) (other.address[i] | ~other.mask[i]);
    }
    return contains(other.address) && contains(last);
  }

  @Override
  public String toString() {
    int bits = 0;
    for (byte b : mask) {
      bits += Integer.bitCount(b & 0xFF);
    }
    return GeneralNames.addressText(address) + "/" + bits;
  }
}

package dev.certwright.x509.der;

/**
 * Contents of a BIT STRING.
 *
 * @param bytes most significant bit first; not copied
 * @param unusedBits how many low bits of the last byte do not belong to it, 0 to 7
 */
@SuppressWarnings("ArrayRecordComponent")
public record BitString(byte[] bytes, int unusedBits) {

  /** Bit number {@code index} of a named bit list; bits beyond the end are zero. */
  public boolean bit(int index) {
    int at = index >> 3;
    return at < bytes.length && (bytes[at] & (0x80 >> (index & 7))) != 0;
  }
}

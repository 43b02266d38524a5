package dev.certwright.x509.der;

/**
 * Contents of a BIT STRING.
 *
 * @param bytes most significant bit first; not copied
 * @param unusedBits how many low bits of the last byte do not belong to it, 0 to 7
 */
@SuppressWarnings("ArrayRecordComponent")
public record BitString(byte[] bytes, int unusedBits) {

  /**
   * The bits as a number would be written: unused bits at the front instead of the end. Signatures
   * and keys are read so (rule XS-13); without unused bits these are the bytes themselves, not
   * copied.
   */
  public byte[] rightAligned() {
    if (unusedBits == 0) {
      return bytes;
    }
    byte[] aligned = new byte[bytes.length];
    int carry = 0;
    for (int i = 0; i < bytes.length; i++) {
      int value = bytes[i] & 0xFF;
      aligned[i] = (byte) (carry << (8 - unusedBits) | value >> unusedBits);
      carry = value;
    }
    return aligned;
  }

  /** Bit number {@code index} of a named bit list; bits beyond the end are zero. */
  public boolean bit(int index) {
    int at = index >> 3;
    return at < bytes.length && (bytes[at] & (0x80 >> (index & 7))) != 0;
  }
}

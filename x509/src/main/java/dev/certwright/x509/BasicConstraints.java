package dev.certwright.x509;

import dev.certwright.x509.der.DerException;
import dev.certwright.x509.der.DerReader;
import dev.certwright.x509.der.Tag;

/**
 * Whether a certificate may sign others (RFC 5280 4.2.1.9).
 *
 * @param ca whether it is a CA
 * @param pathLength how many CAs may stand below it; -1 for no limit
 */
public record BasicConstraints(boolean ca, int pathLength) {

  /**
   * Decodes the value of the extension. A path length of 2^31 and more, which limits no chain, is
   * given as the largest int.
   *
   * @throws dev.certwright.x509.der.DerException if it is malformed or the path length negative
   */
  public static BasicConstraints of(byte[] value) {
    DerReader reader = DerReader.of(value).read(Tag.SEQUENCE);
    boolean ca = reader.nextIs(Tag.BOOLEAN) && reader.readBoolean();
    if (!reader.nextIs(Tag.INTEGER)) {
      return new BasicConstraints(ca, -1);
    }
    long pathLength = reader.readLong(Tag.INTEGER);
    if (pathLength < 0) {
      throw new DerException("a negative path length");
    }
    return new BasicConstraints(ca, (int) Math.min(pathLength, Integer.MAX_VALUE));
  }
}

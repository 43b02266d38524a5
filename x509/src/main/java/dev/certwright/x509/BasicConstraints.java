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

  static BasicConstraints of(byte[] value) {
    DerReader reader = DerReader.of(value).read(Tag.SEQUENCE);
    boolean ca = reader.nextIs(Tag.BOOLEAN) && reader.readBoolean();
    int pathLength = -1;
    if (reader.nextIs(Tag.INTEGER)) {
      pathLength = reader.readSmallInteger();
      if (pathLength < 0) {
        throw new DerException("a path length of " + pathLength);
      }
    }
    return new BasicConstraints(ca, pathLength);
  }
}

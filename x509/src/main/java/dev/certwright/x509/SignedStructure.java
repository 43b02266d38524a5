package dev.certwright.x509;

import dev.certwright.x509.der.DerReader;
import dev.certwright.x509.der.DerWriter;
import dev.certwright.x509.der.Tag;
import dev.certwright.x509.key.SigningKey;

/** The outer form that certificates, requests and revocation lists share (RFC 5280 4.1.1). */
public final class SignedStructure {
  private SignedStructure() {}

  /**
   * Reads the next element, an AlgorithmIdentifier: an OID, then nothing or one element; what comes
   * after that is ignored (rule XS-10).
   *
   * @return its DER
   */
  static byte[] readAlgorithmIdentifier(DerReader reader) {
    byte[] identifier = reader.readElement();
    DerReader contents = DerReader.of(identifier).read(Tag.SEQUENCE);
    contents.readOid();
    if (!contents.isEmpty()) {
      contents.skip();
    }
    return identifier;
  }

  /**
   * Signs and wraps.
   *
   * @param toBeSigned DER of the inner structure
   * @return DER of {@code SEQUENCE { toBeSigned, signatureAlgorithm, signature }}
   */
  public static byte[] encode(byte[] toBeSigned, SigningKey key) {
    byte[] signature = key.sign(toBeSigned);
    DerWriter writer = new DerWriter(toBeSigned.length + signature.length + 64);
    int mark = writer.mark();
    return writer
        .bits(signature)
        .raw(key.signatureAlgorithm().identifier())
        .raw(toBeSigned)
        .wrap(Tag.SEQUENCE, mark)
        .toByteArray();
  }
}

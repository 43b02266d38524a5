package dev.certwright.x509.key;

import dev.certwright.x509.der.DerReader;
import dev.certwright.x509.der.DerWriter;
import dev.certwright.x509.der.Tag;
import java.math.BigInteger;

/**
 * Ecdsa-Sig-Value (RFC 3279 2.2.3).
 *
 * @param r first number
 * @param s second number
 */
record EcdsaSignature(BigInteger r, BigInteger s) {

  byte[] encoded() {
    DerWriter writer = new DerWriter();
    int mark = writer.mark();
    return writer.integer(s).integer(r).wrap(Tag.SEQUENCE, mark).toByteArray();
  }

  static EcdsaSignature of(byte[] encoded) {
    DerReader outer = DerReader.of(encoded);
    DerReader sequence = outer.read(Tag.SEQUENCE);
    outer.requireEnd("a signature");
    EcdsaSignature signature = new EcdsaSignature(sequence.readInteger(), sequence.readInteger());
    sequence.requireEnd("a signature");
    return signature;
  }
}

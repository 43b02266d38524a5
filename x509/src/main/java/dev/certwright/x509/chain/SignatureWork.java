package dev.certwright.x509.chain;

import dev.certwright.x509.Certificate;
import dev.certwright.x509.Oids;
import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.SignatureAlgorithm;

/**
 * What checking signatures costs, by the kinds of keys and not by a clock, so that a verdict is the
 * same on every machine. A check with P-256 is ten units.
 */
final class SignatureWork {

  /**
   * The most that one chain may cost, as much as 160 checks with P-256. The hundred candidates that
   * upstream considers stay below it with P-256, Ed25519 and RSA up to 4096 bits; with dearer keys
   * they could keep a core busy for a third of a second.
   */
  static final int MAXIMUM = 1_600;

  private static final int P_256 = 10;
  private static final int P_224 = 20;
  private static final int P_384 = 40;
  private static final int P_521 = 80;
  private static final int RSA_2048 = 4;
  private static final int USUAL_EXPONENT = 19;

  private SignatureWork() {}

  /** What it costs to find out whether this key signed that certificate. */
  static int of(Certificate child, PublicKeyInfo key) {
    SignatureAlgorithm algorithm = child.knownSignatureAlgorithm();
    if (algorithm == null) {
      return 0;
    }
    return switch (algorithm) {
      case RSA_SHA256, RSA_SHA384, RSA_SHA512, RSA_PSS_SHA256, RSA_PSS_SHA384, RSA_PSS_SHA512 ->
          rsa(key);
      case ECDSA_SHA256, ECDSA_SHA384, ECDSA_SHA512 -> ec(key);
      case ED25519 -> key.family() == PublicKeyInfo.Family.ED25519 ? P_256 : 0;
    };
  }

  private static int ec(PublicKeyInfo key) {
    if (key.family() != PublicKeyInfo.Family.EC || Oids.P_256.equals(key.curve())) {
      return key.family() == PublicKeyInfo.Family.EC ? P_256 : 0;
    } else if (Oids.P_384.equals(key.curve())) {
      return P_384;
    }
    return Oids.P_521.equals(key.curve()) ? P_521 : P_224;
  }

  /** Grows with the square of the length and with the bits of the exponent, set ones doubly. */
  private static int rsa(PublicKeyInfo key) {
    long length = key.modulus().bitLength();
    long exponent = (long) key.exponent().bitLength() + key.exponent().bitCount();
    long units = length * length * exponent * RSA_2048 / (2048L * 2048L * USUAL_EXPONENT);
    return (int) Math.min(units, MAXIMUM);
  }
}

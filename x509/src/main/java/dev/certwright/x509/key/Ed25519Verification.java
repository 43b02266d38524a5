package dev.certwright.x509.key;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Ed25519 (RFC 8032 5.1.7) with upstream's choices where implementations differ: the key may be
 * encoded with a y above the prime or be of small order, the equation is checked without the
 * cofactor, and R is compared as bytes. BouncyCastle's own check chooses otherwise in all three, so
 * only its field arithmetic is used (through {@link EdwardsPoint}).
 */
final class Ed25519Verification {
  private static final int KEY_LENGTH = 32;
  private static final int SIGNATURE_LENGTH = 64;
  private static final BigInteger ORDER =
      BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));

  private Ed25519Verification() {}

  static boolean verify(byte[] key, byte[] message, byte[] signature) {
    if (key.length != KEY_LENGTH || signature.length != SIGNATURE_LENGTH) {
      return false;
    }
    byte[] r = Arrays.copyOf(signature, KEY_LENGTH);
    BigInteger s = littleEndian(Arrays.copyOfRange(signature, KEY_LENGTH, SIGNATURE_LENGTH));
    if (s.compareTo(ORDER) >= 0) {
      return false;
    }
    EdwardsPoint point = EdwardsPoint.decode(key);
    if (point == null) {
      return false;
    }
    MessageDigest digest = sha512();
    digest.update(r);
    digest.update(key);
    digest.update(message);
    BigInteger k = littleEndian(digest.digest()).mod(ORDER);
    return Arrays.equals(r, EdwardsPoint.sumWithBase(point.negated(), k, s).encode());
  }

  private static BigInteger littleEndian(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return new BigInteger(1, reversed);
  }

  private static MessageDigest sha512() {
    try {
      return MessageDigest.getInstance("SHA-512");
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-512", missing);
    }
  }
}

package dev.certwright.x509.key;

import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.SignatureAlgorithm;
import java.math.BigInteger;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * RSASSA-PKCS1-v1_5 and RSASSA-PSS (RFC 8017 8.1.2, 8.2.2). Done here and not by a provider because
 * providers set limits of their own to keys and salts.
 */
final class RsaVerification {
  private static final int MINIMUM_BITS = 1024;

  /** Upstream has no such bound; without one a file of a megabyte keeps a core busy for minutes. */
  private static final int MAXIMUM_BITS = 16_384;

  private static final int MAXIMUM_EXPONENT_BITS = 31;
  private static final int TRAILER = 0xBC;

  private RsaVerification() {}

  /** Whether upstream would use a key like this at all (rule XS-20). */
  static boolean isUsable(PublicKeyInfo key) {
    BigInteger modulus = key.modulus();
    BigInteger exponent = key.exponent();
    return modulus.bitLength() >= MINIMUM_BITS
        && modulus.bitLength() <= MAXIMUM_BITS
        && modulus.testBit(0)
        && exponent.testBit(0)
        && exponent.bitLength() > 1
        && exponent.bitLength() <= MAXIMUM_EXPONENT_BITS;
  }

  static boolean verify(
      PublicKeyInfo key, SignatureAlgorithm algorithm, byte[] message, byte[] signature) {
    if (!isUsable(key)) {
      return false;
    }
    BigInteger modulus = key.modulus();
    int length = (modulus.bitLength() + 7) / 8;
    BigInteger value = new BigInteger(1, signature);
    if (signature.length != length || value.compareTo(modulus) >= 0) {
      return false;
    }
    byte[] encoded = fixedLength(value.modPow(key.exponent(), modulus), length);
    MessageDigest digest = MessageDigests.of(algorithm);
    byte[] hash = digest.digest(message);
    return algorithm.isPss()
        ? isPssEncoding(encoded, modulus.bitLength() - 1, hash, digest)
        : Arrays.equals(encoded, pkcs1Encoding(algorithm, hash, length));
  }

  private static byte[] fixedLength(BigInteger value, int length) {
    byte[] bytes = value.toByteArray();
    int skip = bytes.length > length ? bytes.length - length : 0;
    byte[] result = new byte[length];
    System.arraycopy(bytes, skip, result, length - bytes.length + skip, bytes.length - skip);
    return result;
  }

  /** EMSA-PKCS1-v1_5 (RFC 8017 9.2); the key is long enough for every hash. */
  private static byte[] pkcs1Encoding(SignatureAlgorithm algorithm, byte[] hash, int length) {
    byte[] prefix = digestInfo(algorithm);
    byte[] encoding = new byte[length];
    int infoStart = length - prefix.length - hash.length;
    encoding[1] = 1;
    Arrays.fill(encoding, 2, infoStart - 1, (byte) 0xFF);
    System.arraycopy(prefix, 0, encoding, infoStart, prefix.length);
    System.arraycopy(hash, 0, encoding, infoStart + prefix.length, hash.length);
    return encoding;
  }

  private static final byte[] SHA256_INFO =
      HexFormat.of().parseHex("3031300d060960864801650304020105000420");
  private static final byte[] SHA384_INFO =
      HexFormat.of().parseHex("3041300d060960864801650304020205000430");
  private static final byte[] SHA512_INFO =
      HexFormat.of().parseHex("3051300d060960864801650304020305000440");

  private static byte[] digestInfo(SignatureAlgorithm algorithm) {
    return switch (algorithm) {
      case RSA_SHA384 -> SHA384_INFO;
      case RSA_SHA512 -> SHA512_INFO;
      default -> SHA256_INFO;
    };
  }

  /** EMSA-PSS-VERIFY (RFC 8017 9.1.2) with a salt as long as the hash. */
  private static boolean isPssEncoding(
      byte[] representative, int bits, byte[] hash, MessageDigest digest) {
    byte[] encoded = withoutLeadingZero(representative, (bits + 7) / 8);
    int salt = hash.length;
    if (encoded == null
        || encoded.length < hash.length + salt + 2
        || (encoded[encoded.length - 1] & 0xFF) != TRAILER) {
      return false;
    }
    int maskedLength = encoded.length - hash.length - 1;
    int spareBits = 8 * encoded.length - bits;
    int topMask = 0xFF >> spareBits;
    if ((encoded[0] & 0xFF & ~topMask) != 0) {
      return false;
    }
    byte[] seed = Arrays.copyOfRange(encoded, maskedLength, maskedLength + hash.length);
    byte[] block = unmask(Arrays.copyOf(encoded, maskedLength), seed, digest);
    block[0] &= (byte) topMask;
    int paddingEnd = maskedLength - salt - 1;
    for (int i = 0; i < paddingEnd; i++) {
      if (block[i] != 0) {
        return false;
      }
    }
    if (block[paddingEnd] != 1) {
      return false;
    }
    digest.update(new byte[8]);
    digest.update(hash);
    digest.update(block, paddingEnd + 1, salt);
    return Arrays.equals(digest.digest(), seed);
  }

  private static byte @Nullable [] withoutLeadingZero(byte[] bytes, int length) {
    int extra = bytes.length - length;
    for (int i = 0; i < extra; i++) {
      if (bytes[i] != 0) {
        return null;
      }
    }
    return Arrays.copyOfRange(bytes, extra, bytes.length);
  }

  /** MGF1 (RFC 8017 B.2.1), added to the block in place. */
  private static byte[] unmask(byte[] block, byte[] seed, MessageDigest digest) {
    int at = 0;
    for (int counter = 0; at < block.length; counter++) {
      digest.update(seed);
      digest.update((byte) (counter >>> 24));
      digest.update((byte) (counter >>> 16));
      digest.update((byte) (counter >>> 8));
      digest.update((byte) counter);
      for (byte b : digest.digest()) {
        if (at < block.length) {
          block[at++] ^= b;
        }
      }
    }
    return block;
  }
}

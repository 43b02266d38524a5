package dev.certwright.x509.key;

import dev.certwright.x509.der.DerReader;
import dev.certwright.x509.der.Oid;
import dev.certwright.x509.der.Tag;
import dev.certwright.x509.pem.PemBlock;
import java.math.BigInteger;
import java.util.HexFormat;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.digests.MD5Digest;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.bouncycastle.crypto.digests.SHA224Digest;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.digests.SHA384Digest;
import org.bouncycastle.crypto.digests.SHA512Digest;

/**
 * What a file says about its own encryption, read and held against bounds before any of it is done:
 * a file can ask for any amount of time and memory.
 *
 * @param cipher what the key is encrypted with
 * @param derivation how its key comes from the password
 */
record EncryptionScheme(CbcCipher cipher, KeyDerivation derivation) {
  /** Some seconds of work; OpenSSL writes 2048 by default and we 600,000. */
  private static final int MAXIMUM_ITERATIONS = 5_000_000;

  /** OpenSSL writes 16 MiB by default and refuses more than 32. */
  private static final long MAXIMUM_SCRYPT_BYTES = 64L << 20;

  /** PKCS#5 (RFC 8018), ending in the number of the scheme. */
  private static final Oid PBES2 = Oid.of(1, 2, 840, 113549, 1, 5, 13);

  private static final Oid PBKDF2 = Oid.of(1, 2, 840, 113549, 1, 5, 12);
  private static final Oid SCRYPT = Oid.of(1, 3, 6, 1, 4, 1, 11591, 4, 11);
  private static final Oid MD5_AND_DES = Oid.of(1, 2, 840, 113549, 1, 5, 3);
  private static final Oid SHA1_AND_DES = Oid.of(1, 2, 840, 113549, 1, 5, 10);

  /** PKCS#12 (RFC 7292 C): SHA-1 and Triple-DES with three keys. */
  private static final Oid SHA1_AND_3DES = Oid.of(1, 2, 840, 113549, 1, 12, 1, 3);

  /**
   * Reads the AlgorithmIdentifier of an EncryptedPrivateKeyInfo (RFC 5958 3).
   *
   * @throws KeyException if the algorithm is not read here or asks for too much
   * @throws dev.certwright.x509.der.DerException if it is malformed
   */
  static EncryptionScheme read(DerReader reader) {
    DerReader identifier = reader.read(Tag.SEQUENCE);
    Oid algorithm = identifier.readOid();
    if (algorithm.equals(PBES2)) {
      return readPbes2(identifier.read(Tag.SEQUENCE));
    }
    if (!algorithm.equals(MD5_AND_DES)
        && !algorithm.equals(SHA1_AND_DES)
        && !algorithm.equals(SHA1_AND_3DES)) {
      throw unknown("algorithm " + algorithm);
    }
    DerReader parameters = identifier.read(Tag.SEQUENCE);
    byte[] salt = parameters.readOctetString();
    int iterations = readIterations(parameters);
    if (algorithm.equals(SHA1_AND_3DES)) {
      return new EncryptionScheme(
          CbcCipher.DES_EDE3, new KeyDerivation.Pkcs12(new SHA1Digest(), salt, iterations));
    }
    Digest digest = algorithm.equals(MD5_AND_DES) ? new MD5Digest() : new SHA1Digest();
    return new EncryptionScheme(CbcCipher.DES, new KeyDerivation.Pbes1(digest, salt, iterations));
  }

  private static EncryptionScheme readPbes2(DerReader parameters) {
    DerReader derivation = parameters.read(Tag.SEQUENCE);
    DerReader encryption = parameters.read(Tag.SEQUENCE);
    Oid cipherOid = encryption.readOid();
    CbcCipher cipher = CbcCipher.find(cipherOid);
    if (cipher == null) {
      throw unknown("cipher " + cipherOid);
    }
    byte[] vector = requireVector(cipher, encryption.readOctetString());
    Oid function = derivation.readOid();
    if (function.equals(PBKDF2)) {
      return new EncryptionScheme(
          cipher, readPbkdf2(derivation.read(Tag.SEQUENCE), cipher, vector));
    } else if (function.equals(SCRYPT)) {
      return new EncryptionScheme(
          cipher, readScrypt(derivation.read(Tag.SEQUENCE), cipher, vector));
    }
    throw unknown("key derivation " + function);
  }

  private static KeyDerivation readPbkdf2(DerReader parameters, CbcCipher cipher, byte[] vector) {
    byte[] salt = parameters.readOctetString();
    int iterations = readIterations(parameters);
    requireKeyLength(parameters, cipher);
    Digest digest = new SHA1Digest();
    if (parameters.nextIs(Tag.SEQUENCE)) {
      digest = digest(parameters.read(Tag.SEQUENCE).readOid());
    }
    return new KeyDerivation.Pbkdf2(digest, salt, iterations, vector);
  }

  private static KeyDerivation readScrypt(DerReader parameters, CbcCipher cipher, byte[] vector) {
    byte[] salt = parameters.readOctetString();
    BigInteger cost = parameters.readInteger();
    BigInteger blockSize = parameters.readInteger();
    BigInteger parallelization = parameters.readInteger();
    requireKeyLength(parameters, cipher);
    if (cost.compareTo(BigInteger.TWO) < 0
        || cost.bitCount() != 1
        || blockSize.signum() <= 0
        || parallelization.signum() <= 0) {
      throw new KeyException(
          "an encrypted private key with scrypt parameters that are not allowed");
    }
    if (cost.bitLength() > 28
        || blockSize.bitLength() > 28
        || parallelization.bitLength() > 28
        || tooMuch(cost.longValue(), blockSize.longValue(), parallelization.longValue())) {
      throw new KeyException(
          "an encrypted private key that asks scrypt for more work than "
              + (MAXIMUM_SCRYPT_BYTES >> 20)
              + " MiB are");
    }
    return new KeyDerivation.Scrypt(
        salt, cost.intValue(), blockSize.intValue(), parallelization.intValue(), vector);
  }

  private static boolean tooMuch(long cost, long blockSize, long parallelization) {
    return cost * blockSize > MAXIMUM_SCRYPT_BYTES / 128
        || cost * blockSize * parallelization > MAXIMUM_SCRYPT_BYTES / 128;
  }

  /** The header of a key that was encrypted by RFC 1421: a cipher and its vector. */
  static EncryptionScheme readHeader(PemBlock block) {
    String header = block.headers().getOrDefault("DEK-Info", "");
    int comma = header.indexOf(',');
    if (comma < 0) {
      throw new KeyException("an encrypted PEM key whose DEK-Info header is malformed");
    }
    String name = header.substring(0, comma).strip();
    CbcCipher cipher = CbcCipher.find(name);
    if (cipher == null) {
      throw unknown("cipher " + dev.certwright.x509.SafeText.of(name));
    }
    try {
      byte[] vector = HexFormat.of().parseHex(header.substring(comma + 1).strip());
      return new EncryptionScheme(
          cipher, new KeyDerivation.OldOpenSsl(requireVector(cipher, vector)));
    } catch (IllegalArgumentException notHex) {
      throw new KeyException("an encrypted PEM key whose DEK-Info header is malformed", notHex);
    }
  }

  private static Digest digest(Oid function) {
    // hmacWithSHA1 and its kin (RFC 8018 B.1.2), by the last number.
    return switch (function.toString()) {
      case "1.2.840.113549.2.7" -> new SHA1Digest();
      case "1.2.840.113549.2.8" -> new SHA224Digest();
      case "1.2.840.113549.2.9" -> new SHA256Digest();
      case "1.2.840.113549.2.10" -> new SHA384Digest();
      case "1.2.840.113549.2.11" -> new SHA512Digest();
      default -> throw unknown("pseudo-random function " + function);
    };
  }

  private static int readIterations(DerReader parameters) {
    BigInteger iterations = parameters.readInteger();
    if (iterations.signum() <= 0
        || iterations.compareTo(BigInteger.valueOf(MAXIMUM_ITERATIONS)) > 0) {
      throw new KeyException(
          "an encrypted private key that asks for "
              + (iterations.bitLength() > 63
                  ? "a number of iterations of " + iterations.bitLength() + " bits"
                  : iterations + " iterations")
              + ", where 1 to "
              + MAXIMUM_ITERATIONS
              + " are allowed");
    }
    return iterations.intValue();
  }

  private static void requireKeyLength(DerReader parameters, CbcCipher cipher) {
    if (parameters.nextIs(Tag.INTEGER) && parameters.readSmallInteger() != cipher.keyLength()) {
      throw new KeyException("an encrypted private key whose key length is not that of its cipher");
    }
  }

  private static byte[] requireVector(CbcCipher cipher, byte[] vector) {
    if (vector.length != cipher.blockLength()) {
      throw new KeyException(
          "an encrypted private key with an initialisation vector of "
              + vector.length
              + " bytes, where "
              + cipher.blockLength()
              + " are expected");
    }
    return vector;
  }

  private static KeyException unknown(String what) {
    return new KeyException(
        "an encrypted private key of a form that is not read here ("
            + what
            + "); write it anew with openssl pkcs8 -topk8 -v2 aes-256-cbc");
  }
}

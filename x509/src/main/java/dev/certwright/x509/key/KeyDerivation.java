package dev.certwright.x509.key;

import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.Digest;
import org.bouncycastle.crypto.PBEParametersGenerator;
import org.bouncycastle.crypto.generators.OpenSSLPBEParametersGenerator;
import org.bouncycastle.crypto.generators.PKCS12ParametersGenerator;
import org.bouncycastle.crypto.generators.PKCS5S1ParametersGenerator;
import org.bouncycastle.crypto.generators.PKCS5S2ParametersGenerator;
import org.bouncycastle.crypto.generators.SCrypt;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;

/** How a password becomes the key of a cipher. */
interface KeyDerivation {

  /** Key and initialisation vector. */
  CipherParameters derive(byte[] password, CbcCipher cipher);

  /** Whether the password goes in as UTF-16 with a zero at its end (RFC 7292 B.1), or as UTF-8. */
  default boolean wantsUtf16() {
    return false;
  }

  /** PBKDF2 of PBES2 (RFC 8018 5.2). */
  @SuppressWarnings("ArrayRecordComponent")
  record Pbkdf2(Digest digest, byte[] salt, int iterations, byte[] vector)
      implements KeyDerivation {
    @Override
    public CipherParameters derive(byte[] password, CbcCipher cipher) {
      PBEParametersGenerator generator = new PKCS5S2ParametersGenerator(digest);
      generator.init(password, salt, iterations);
      return new ParametersWithIV(
          generator.generateDerivedParameters(8 * cipher.keyLength()), vector);
    }
  }

  /** scrypt in PBES2 (RFC 7914 7). */
  @SuppressWarnings("ArrayRecordComponent")
  record Scrypt(byte[] salt, int cost, int blockSize, int parallelization, byte[] vector)
      implements KeyDerivation {
    @Override
    public CipherParameters derive(byte[] password, CbcCipher cipher) {
      return new ParametersWithIV(
          new KeyParameter(
              SCrypt.generate(
                  password, salt, cost, blockSize, parallelization, cipher.keyLength())),
          vector);
    }
  }

  /** PBES1 (RFC 8018 6.1). */
  @SuppressWarnings("ArrayRecordComponent")
  record Pbes1(Digest digest, byte[] salt, int iterations) implements KeyDerivation {
    @Override
    public CipherParameters derive(byte[] password, CbcCipher cipher) {
      PBEParametersGenerator generator = new PKCS5S1ParametersGenerator(digest);
      generator.init(password, salt, iterations);
      return generator.generateDerivedParameters(8 * cipher.keyLength(), 8 * cipher.blockLength());
    }
  }

  /** PKCS#12's own, with SHA-1 (RFC 7292 B.2). */
  @SuppressWarnings("ArrayRecordComponent")
  record Pkcs12(Digest digest, byte[] salt, int iterations) implements KeyDerivation {
    @Override
    public CipherParameters derive(byte[] password, CbcCipher cipher) {
      PBEParametersGenerator generator = new PKCS12ParametersGenerator(digest);
      generator.init(password, salt, iterations);
      return generator.generateDerivedParameters(8 * cipher.keyLength(), 8 * cipher.blockLength());
    }

    @Override
    public boolean wantsUtf16() {
      return true;
    }
  }

  /** OpenSSL's own for keys with RFC 1421 headers: MD5 once, salted by the vector's first half. */
  @SuppressWarnings("ArrayRecordComponent")
  record OldOpenSsl(byte[] vector) implements KeyDerivation {
    private static final int SALT = 8;

    @Override
    public CipherParameters derive(byte[] password, CbcCipher cipher) {
      PBEParametersGenerator generator = new OpenSSLPBEParametersGenerator();
      generator.init(password, java.util.Arrays.copyOf(vector, SALT), 1);
      return new ParametersWithIV(
          generator.generateDerivedParameters(8 * cipher.keyLength()), vector);
    }
  }
}

package dev.certwright.x509.key;

import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemWriter;
import java.io.IOException;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.PKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfoBuilder;

/** Encrypts keys as PKCS#8 with PBES2: PBKDF2 with HMAC-SHA-256, AES-256-CBC (RFC 8018). */
public final class KeyEncryption {
  /** The number OWASP's password storage advice of 2023 gives for PBKDF2 with HMAC-SHA-256. */
  private static final int ITERATIONS = 600_000;

  private KeyEncryption() {}

  /** PEM of the encrypted key. */
  public static byte[] encryptPem(dev.certwright.x509.key.PrivateKeyInfo key, char[] password) {
    try {
      JceOpenSSLPKCS8EncryptorBuilder encryptor =
          new JceOpenSSLPKCS8EncryptorBuilder(PKCS8Generator.AES_256_CBC)
              .setProvider(new BouncyCastleProvider())
              .setPRF(PKCS8Generator.PRF_HMACSHA256)
              .setIterationCount(ITERATIONS)
              .setPassword(password);
      byte[] encrypted =
          new PKCS8EncryptedPrivateKeyInfoBuilder(
                  PrivateKeyInfo.getInstance(key.encodePrivateKeyPkcs8()))
              .build(encryptor.build())
              .getEncoded();
      return PemWriter.write(PemBlock.ENCRYPTED_PRIVATE_KEY, encrypted);
    } catch (OperatorCreationException | IOException failed) {
      throw new KeyException("the key could not be encrypted", failed);
    }
  }
}

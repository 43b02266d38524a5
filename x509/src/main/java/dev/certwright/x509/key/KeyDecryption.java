package dev.certwright.x509.key;

import dev.certwright.x509.der.DerReader;
import dev.certwright.x509.der.Tag;
import dev.certwright.x509.pem.PemBlock;
import java.util.Arrays;
import org.bouncycastle.crypto.PBEParametersGenerator;

/**
 * Decrypts keys. The arithmetic is BouncyCastle's, without its provider: that alone would cost more
 * than all the rest, and it calls every failure a wrong password.
 */
final class KeyDecryption {
  private KeyDecryption() {}

  /** The PrivateKeyInfo in an EncryptedPrivateKeyInfo, DER. */
  static byte[] decryptPkcs8(byte[] encrypted, PasswordSource source) {
    DerReader outer = DerReader.of(encrypted);
    DerReader info = outer.read(Tag.SEQUENCE);
    outer.requireEnd("an encrypted private key");
    EncryptionScheme scheme = EncryptionScheme.read(info);
    return decrypt(scheme, info.readOctetString(), source);
  }

  /** The bytes of a PEM block that has a DEK-Info header. */
  static byte[] decryptPem(PemBlock block, PasswordSource source) {
    return decrypt(EncryptionScheme.readHeader(block), block.bytes(), source);
  }

  private static byte[] decrypt(EncryptionScheme scheme, byte[] encrypted, PasswordSource source) {
    char[] password = source.password();
    if (password == null) {
      throw new PasswordException("the private key is encrypted and no password was given");
    }
    byte[] bytes = {};
    try {
      bytes =
          scheme.derivation().wantsUtf16()
              ? PBEParametersGenerator.PKCS12PasswordToBytes(password)
              : PBEParametersGenerator.PKCS5PasswordToUTF8Bytes(password);
      byte[] key =
          scheme.cipher().decrypt(encrypted, scheme.derivation().derive(bytes, scheme.cipher()));
      if (key == null) {
        throw wrong();
      }
      return key;
    } catch (IllegalStateException noUnicode) {
      throw new PasswordException("the password is no Unicode text");
    } finally {
      Arrays.fill(password, '\0');
      Arrays.fill(bytes, (byte) 0);
    }
  }

  /** Another password than the right one and a damaged file cannot be told apart. */
  static PasswordException wrong() {
    return new PasswordException(
        "the password does not open the private key (or the file is damaged)");
  }
}

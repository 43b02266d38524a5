package dev.certwright.x509.key;

import dev.certwright.x509.X509Exception;
import dev.certwright.x509.der.DerException;
import dev.certwright.x509.der.DerReader;
import dev.certwright.x509.der.Tag;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemReader;
import java.util.List;

/**
 * Reads private keys in the forms that OpenSSL, kubeadm and cfssl write: PKCS#1, SEC1, PKCS#8,
 * encrypted PKCS#8 (RFC 5958) and PEM encrypted by RFC 1421 headers; PEM or, except for the last,
 * DER.
 */
public final class PrivateKeyReader {
  private PrivateKeyReader() {}

  /** Whether a PEM block is a private key of any form, encrypted or not. */
  public static boolean isPrivateKey(PemBlock block) {
    return block.label().endsWith("PRIVATE KEY");
  }

  /** Whether it can be read only with a password. */
  public static boolean isEncrypted(PemBlock block) {
    return block.label().equals(PemBlock.ENCRYPTED_PRIVATE_KEY)
        || block.headers().containsKey("DEK-Info");
  }

  /**
   * Reads the one private key in a file.
   *
   * @param bytes the whole file
   * @param password asked only if the key is encrypted
   * @throws PasswordException if it is encrypted and the password is missing or wrong
   * @throws KeyException if there is no key, more than one, or it is of no known form
   */
  public static PrivateKeyInfo read(byte[] bytes, PasswordSource password) {
    if (!PemReader.looksLikePem(bytes)) {
      return readDer(bytes, password);
    }
    List<PemBlock> blocks = PemReader.read(bytes);
    PemBlock found = null;
    for (PemBlock block : blocks) {
      if (isPrivateKey(block)) {
        if (found != null) {
          throw new KeyException("two private keys in one file, where one is expected");
        }
        found = block;
      }
    }
    if (found == null) {
      throw new KeyException("no private key in the file, only " + labels(blocks));
    }
    return read(found, password);
  }

  /** Reads one PEM block. */
  public static PrivateKeyInfo read(PemBlock block, PasswordSource password) {
    try {
      if (block.label().equals(PemBlock.ENCRYPTED_PRIVATE_KEY)) {
        return readEncrypted(block.bytes(), password);
      }
      if (!block.headers().containsKey("DEK-Info")) {
        return read(block.label(), block.bytes());
      }
    } catch (DerException malformed) {
      throw new KeyException("a damaged private key: " + malformed.getMessage(), malformed);
    }
    byte[] bytes = KeyDecryption.decryptPem(block, password);
    try {
      return read(block.label(), bytes);
    } catch (DerException garbage) {
      // One wrong password in 256 leaves what passes for padding.
      throw KeyDecryption.wrong();
    }
  }

  private static PrivateKeyInfo read(String label, byte[] bytes) {
    return switch (label) {
      case PemBlock.PRIVATE_KEY -> PrivateKeyInfo.ofPkcs8(bytes);
      case PemBlock.RSA_PRIVATE_KEY -> PrivateKeyInfo.ofPkcs1(bytes);
      case PemBlock.EC_PRIVATE_KEY -> PrivateKeyInfo.ofSec1(bytes);
      default -> throw new KeyException("a private key of a form that is not read here: " + label);
    };
  }

  private static PrivateKeyInfo readEncrypted(byte[] bytes, PasswordSource password) {
    byte[] decrypted = KeyDecryption.decryptPkcs8(bytes, password);
    try {
      return PrivateKeyInfo.ofPkcs8(decrypted);
    } catch (DerException garbage) {
      throw KeyDecryption.wrong();
    }
  }

  /** Tells the forms apart by their second element. */
  private static PrivateKeyInfo readDer(byte[] bytes, PasswordSource password) {
    try {
      DerReader probe = DerReader.of(bytes).read(Tag.SEQUENCE);
      if (probe.nextIs(Tag.SEQUENCE)) {
        return readEncrypted(bytes, password);
      }
      probe.readInteger();
      if (probe.nextIs(Tag.SEQUENCE)) {
        return PrivateKeyInfo.ofPkcs8(bytes);
      }
      return probe.nextIs(Tag.INTEGER)
          ? PrivateKeyInfo.ofPkcs1(bytes)
          : PrivateKeyInfo.ofSec1(bytes);
    } catch (DerException malformed) {
      throw new KeyException("neither PEM nor DER of a private key", malformed);
    }
  }

  private static String labels(List<PemBlock> blocks) {
    StringBuilder text = new StringBuilder();
    for (PemBlock block : blocks) {
      text.append(text.isEmpty() ? "" : ", ").append(block.label());
    }
    return text.isEmpty() ? "nothing" : text.toString();
  }

  /** Whether bytes are DER of a private key or of an encrypted one; for telling files apart. */
  public static boolean looksLikeDer(byte[] bytes) {
    try {
      DerReader probe = DerReader.of(bytes).read(Tag.SEQUENCE);
      if (probe.nextIs(Tag.INTEGER)) {
        probe.readInteger();
        return probe.nextIs(Tag.SEQUENCE) && probe.read(Tag.SEQUENCE).nextIs(Tag.OBJECT_IDENTIFIER)
            || probe.nextIs(Tag.INTEGER)
            || probe.nextIs(Tag.OCTET_STRING);
      }
      return probe.nextIs(Tag.SEQUENCE)
          && probe.read(Tag.SEQUENCE).nextIs(Tag.OBJECT_IDENTIFIER)
          && probe.nextIs(Tag.OCTET_STRING);
    } catch (X509Exception notDer) {
      return false;
    }
  }
}

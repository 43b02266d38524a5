package dev.certwright.x509.key;

import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import org.jspecify.annotations.Nullable;

/** A key of the platform or of a native provider, through the Java Cryptography Architecture. */
final class JcaSigningKey implements SigningKey {
  private final PrivateKey key;
  private final PublicKeyInfo publicKey;
  private final SignatureAlgorithm algorithm;
  private final @Nullable ProviderSignatures engines;

  /**
   * Wraps.
   *
   * @param engines where signatures are made; null for the first provider that can
   */
  JcaSigningKey(
      PrivateKey key,
      PublicKeyInfo publicKey,
      SignatureAlgorithm algorithm,
      @Nullable ProviderSignatures engines) {
    this.key = key;
    this.publicKey = publicKey;
    this.algorithm = algorithm;
    this.engines = engines;
  }

  static String jcaName(SignatureAlgorithm algorithm) {
    return switch (algorithm) {
      case RSA_SHA256 -> "SHA256withRSA";
      case RSA_SHA384 -> "SHA384withRSA";
      case RSA_SHA512 -> "SHA512withRSA";
      case ECDSA_SHA256 -> "SHA256withECDSA";
      case ECDSA_SHA384 -> "SHA384withECDSA";
      case ECDSA_SHA512 -> "SHA512withECDSA";
      case RSA_PSS_SHA256, RSA_PSS_SHA384, RSA_PSS_SHA512 -> "RSASSA-PSS";
      case ED25519 -> "Ed25519";
    };
  }

  @Override
  public PublicKeyInfo publicKey() {
    return publicKey;
  }

  @Override
  public SignatureAlgorithm signatureAlgorithm() {
    return algorithm;
  }

  @Override
  public byte[] sign(byte[] message) {
    try {
      Signature signature =
          engines == null ? Signature.getInstance(jcaName(algorithm)) : engines.of(algorithm);
      signature.initSign(key);
      signature.update(message);
      return signature.sign();
    } catch (GeneralSecurityException failed) {
      throw new KeyException("the key cannot sign: " + failed.getMessage(), failed);
    }
  }

  @Override
  public PrivateKeyInfo exportPrivateKey() {
    byte[] encoded = key.getEncoded();
    if (encoded == null) {
      throw new UnsupportedOperationException("this key cannot leave its provider");
    }
    return PrivateKeyInfo.ofPkcs8(encoded);
  }

  @Override
  public String toString() {
    return publicKey.description() + " signing key";
  }
}

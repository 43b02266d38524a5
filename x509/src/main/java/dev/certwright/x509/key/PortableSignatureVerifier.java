package dev.certwright.x509.key;

import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.SignatureAlgorithm;

/** Pure Java: works on every platform. */
public final class PortableSignatureVerifier implements SignatureVerifier {
  private final EcdsaVerification ecdsa = new EcdsaVerification();

  @Override
  public boolean verify(
      PublicKeyInfo key, SignatureAlgorithm algorithm, byte[] message, byte[] signature) {
    return switch (algorithm) {
      case ECDSA_SHA256, ECDSA_SHA384, ECDSA_SHA512 ->
          key.family() == PublicKeyInfo.Family.EC
              && ecdsa.verify(key, algorithm, message, signature);
      case ED25519 ->
          key.family() == PublicKeyInfo.Family.ED25519
              && Ed25519Verification.verify(key.key(), message, signature);
      default ->
          key.family() == PublicKeyInfo.Family.RSA
              && RsaVerification.verify(key, algorithm, message, signature);
    };
  }

  @Override
  public String description() {
    return "portable";
  }
}

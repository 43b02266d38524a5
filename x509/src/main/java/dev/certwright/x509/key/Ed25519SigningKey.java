package dev.certwright.x509.key;

import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.SignatureAlgorithm;
import java.security.SecureRandom;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** Ed25519 (RFC 8032) by BouncyCastle's own arithmetic. */
final class Ed25519SigningKey implements SigningKey {
  private final Ed25519PrivateKeyParameters key;
  private final PublicKeyInfo publicKey;

  private Ed25519SigningKey(Ed25519PrivateKeyParameters key) {
    this.key = key;
    this.publicKey = PublicKeyInfo.ofEd25519(key.generatePublicKey().getEncoded());
  }

  static Ed25519SigningKey generate(SecureRandom random) {
    return new Ed25519SigningKey(new Ed25519PrivateKeyParameters(random));
  }

  static Ed25519SigningKey of(byte[] seed) {
    return new Ed25519SigningKey(new Ed25519PrivateKeyParameters(seed, 0));
  }

  @Override
  public PublicKeyInfo publicKey() {
    return publicKey;
  }

  @Override
  public SignatureAlgorithm signatureAlgorithm() {
    return SignatureAlgorithm.ED25519;
  }

  @Override
  public byte[] sign(byte[] message) {
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(true, key);
    signer.update(message, 0, message.length);
    return signer.generateSignature();
  }

  @Override
  public PrivateKeyInfo exportPrivateKey() {
    return PrivateKeyInfo.ofEd25519(key.getEncoded());
  }

  @Override
  public String toString() {
    return "Ed25519 signing key";
  }
}

package dev.certwright.x509.key;

import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.PKCS8EncodedKeySpec;

/** RSA by the JDK, elliptic curves by BouncyCastle's classes: works on every platform. */
public final class PortableCryptography implements Cryptography {
  private final SecureRandom random = new SecureRandom();

  @Override
  public SigningKey generate(KeyType type) {
    return switch (type) {
      case P_256 -> EcSigningKey.generate(EcCurve.P_256, random);
      case P_384 -> EcSigningKey.generate(EcCurve.P_384, random);
      case ED25519 -> Ed25519SigningKey.generate(random);
      case RSA_2048, RSA_3072, RSA_4096 -> generateRsa(type);
    };
  }

  private SigningKey generateRsa(KeyType type) {
    KeyPair pair = RsaKeyGeneration.generate(type.rsaBits(), null);
    return new JcaSigningKey(
        pair.getPrivate(),
        PublicKeyInfo.of(pair.getPublic().getEncoded()),
        SignatureAlgorithm.RSA_SHA256,
        null);
  }

  @Override
  public SigningKey signingKey(PrivateKeyInfo key) {
    return switch (key.family()) {
      case EC -> EcSigningKey.of(EcCurve.of(key.curve()), key.scalar(), random);
      case ED25519 -> Ed25519SigningKey.of(key.seed());
      case RSA -> rsa(key);
      case OTHER ->
          throw new KeyException(
              "a private key that is neither RSA, EC nor Ed25519; these can sign");
    };
  }

  private static SigningKey rsa(PrivateKeyInfo key) {
    try {
      PrivateKey jca =
          KeyFactory.getInstance("RSA")
              .generatePrivate(new PKCS8EncodedKeySpec(key.encodePrivateKeyPkcs8()));
      return new JcaSigningKey(jca, key.rsaPublicKey(), SignatureAlgorithm.RSA_SHA256, null);
    } catch (GeneralSecurityException invalid) {
      throw new KeyException("an RSA key that Java cannot read", invalid);
    }
  }

  @Override
  public SigningKey adopt(SigningKey checked) {
    return checked;
  }

  @Override
  public String description() {
    return "portable";
  }
}

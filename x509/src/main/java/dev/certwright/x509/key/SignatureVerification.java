package dev.certwright.x509.key;

import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.SignatureAlgorithm;
import dev.certwright.x509.der.DerException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.security.spec.RSAPublicKeySpec;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/** Checks signatures; a key or algorithm that does not fit is a signature that is not valid. */
public final class SignatureVerification {
  private static final int MINIMUM_RSA_BITS = 1024;
  private static final int MAXIMUM_RSA_BITS = 16384;

  private SignatureVerification() {}

  /** Whether the signature is the key's over the message. Never throws for bad input. */
  public static boolean verify(
      PublicKeyInfo key, SignatureAlgorithm algorithm, byte[] message, byte[] signature) {
    try {
      return switch (algorithm) {
        case ECDSA_SHA256, ECDSA_SHA384, ECDSA_SHA512 ->
            key.family() == PublicKeyInfo.Family.EC && ecdsa(key, algorithm, message, signature);
        case ED25519 ->
            key.family() == PublicKeyInfo.Family.ED25519 && ed25519(key, message, signature);
        default ->
            key.family() == PublicKeyInfo.Family.RSA && rsa(key, algorithm, message, signature);
      };
    } catch (GeneralSecurityException | DerException | IllegalArgumentException notValid) {
      return false;
    }
  }

  private static boolean ecdsa(
      PublicKeyInfo key, SignatureAlgorithm algorithm, byte[] message, byte[] signature) {
    EcCurve curve = EcCurve.find(key.curve());
    byte[] point = key.key();
    // Only the uncompressed form counts, as in Go (rule XS-22).
    if (curve == null || point.length != 1 + 2 * curve.length() || point[0] != 4) {
      return false;
    }
    EcdsaSignature numbers = EcdsaSignature.of(signature);
    ECDSASigner signer = new ECDSASigner();
    signer.init(
        false,
        new ECPublicKeyParameters(
            curve.domain().validatePublicPoint(curve.domain().getCurve().decodePoint(point)),
            curve.domain()));
    return signer.verifySignature(EcSigningKey.hash(algorithm, message), numbers.r(), numbers.s());
  }

  private static boolean ed25519(PublicKeyInfo key, byte[] message, byte[] signature) {
    byte[] bytes = key.key();
    if (bytes.length != 32) {
      return false;
    }
    Ed25519Signer signer = new Ed25519Signer();
    signer.init(false, new Ed25519PublicKeyParameters(bytes, 0));
    signer.update(message, 0, message.length);
    return signer.verifySignature(signature);
  }

  private static boolean rsa(
      PublicKeyInfo key, SignatureAlgorithm algorithm, byte[] message, byte[] signature)
      throws GeneralSecurityException {
    BigInteger modulus = key.modulus();
    BigInteger exponent = key.exponent();
    // Rules GV-23 and XS-20; the upper bound is ours, and no server takes such a key over TLS.
    if (modulus.bitLength() < MINIMUM_RSA_BITS
        || modulus.bitLength() > MAXIMUM_RSA_BITS
        || !modulus.testBit(0)
        || exponent.bitLength() < 2
        || exponent.bitLength() > 31
        || !exponent.testBit(0)) {
      return false;
    }
    Signature verifier = Signature.getInstance(JcaSigningKey.jcaName(algorithm));
    if (algorithm.isPss()) {
      int salt = Integer.parseInt(algorithm.digest().substring(4)) / 8;
      verifier.setParameter(
          new PSSParameterSpec(
              algorithm.digest(),
              "MGF1",
              new MGF1ParameterSpec(algorithm.digest()),
              salt,
              PSSParameterSpec.TRAILER_FIELD_BC));
    }
    verifier.initVerify(
        KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, exponent)));
    verifier.update(message);
    return verifier.verify(signature);
  }
}

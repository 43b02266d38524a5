package dev.certwright.x509.key;

import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.SignatureAlgorithm;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.RSAPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The two kinds of signature that most chains have, ECDSA on P-256, P-384 and P-521 and RSA with
 * PKCS#1 padding, done by a native provider; all others by {@link PortableSignatureVerifier}. What
 * the provider might see more generously than upstream, the form of a signature and the numbers of
 * an RSA key, is checked before it is asked.
 */
public final class NativeSignatureVerifier implements SignatureVerifier {
  private static final int MAXIMUM_KEYS = 256;
  private static final int MAXIMUM_RSA_BITS = 8192;

  private final Provider provider;
  private final PortableSignatureVerifier portable = new PortableSignatureVerifier();
  private final Map<PublicKeyInfo, PublicKey> keys =
      Collections.synchronizedMap(
          new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<PublicKeyInfo, PublicKey> eldest) {
              return size() > MAXIMUM_KEYS;
            }
          });

  private NativeSignatureVerifier(Provider provider) {
    this.provider = provider;
  }

  /** The native form, or the portable one where there is no provider that works. */
  public static SignatureVerifier orPortable() {
    Provider provider = NativeCryptography.findProvider();
    return provider == null
        ? new PortableSignatureVerifier()
        : new NativeSignatureVerifier(provider);
  }

  @Override
  public boolean verify(
      PublicKeyInfo key, SignatureAlgorithm algorithm, byte[] message, byte[] signature) {
    return switch (algorithm) {
      case ECDSA_SHA256, ECDSA_SHA384, ECDSA_SHA512 -> {
        EcCurve curve = EcCurve.find(key.curve());
        if (curve == null || curve == EcCurve.P_224) {
          yield portable.verify(key, algorithm, message, signature);
        }
        yield EcdsaVerification.read(curve, signature) != null
            && ask(key, algorithm, message, signature);
      }
      case RSA_SHA256, RSA_SHA384, RSA_SHA512 -> {
        if (key.family() != PublicKeyInfo.Family.RSA || !RsaVerification.isUsable(key)) {
          yield false;
        }
        yield key.modulus().bitLength() <= MAXIMUM_RSA_BITS
            ? ask(key, algorithm, message, signature)
            : portable.verify(key, algorithm, message, signature);
      }
      default -> portable.verify(key, algorithm, message, signature);
    };
  }

  private boolean ask(
      PublicKeyInfo key, SignatureAlgorithm algorithm, byte[] message, byte[] signature) {
    try {
      Signature verifier = Signature.getInstance(JcaSigningKey.jcaName(algorithm), provider);
      PublicKey known = keys.get(key);
      PublicKey converted = known != null ? known : convert(key);
      verifier.initVerify(converted);
      verifier.update(message);
      boolean valid = verifier.verify(signature);
      if (valid && known == null) {
        // Only a key that has signed something: made-up ones must not push the CAs' out.
        keys.put(key, converted);
      }
      return valid;
    } catch (SignatureException malformed) {
      return false;
    } catch (GeneralSecurityException unsupported) {
      return portable.verify(key, algorithm, message, signature);
    }
  }

  private PublicKey convert(PublicKeyInfo key) throws GeneralSecurityException {
    if (key.family() == PublicKeyInfo.Family.RSA) {
      return KeyFactory.getInstance("RSA", provider)
          .generatePublic(new RSAPublicKeySpec(key.modulus(), key.exponent()));
    }
    // Written anew: upstream tolerates bytes after the end of the structure, providers may not.
    return KeyFactory.getInstance("EC", provider)
        .generatePublic(new X509EncodedKeySpec(canonical(key)));
  }

  private static byte[] canonical(PublicKeyInfo key) {
    return PublicKeyInfo.ofEc(java.util.Objects.requireNonNull(key.curve()), key.key()).encoded();
  }

  @Override
  public String description() {
    return "native (" + provider.getName() + ")";
  }
}

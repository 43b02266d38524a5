package dev.certwright.oidc.provider;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyOperation;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import dev.certwright.oidc.token.SignedToken;
import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.SignatureAlgorithm;
import dev.certwright.x509.key.SignatureVerifier;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlLimits;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A set of public keys (JWK Set, RFC 7517). Keys that are for something else than signatures, too
 * short, or of a kind that signs nothing here are left out. Immutable.
 */
public final class KeyList {
  private static final int MOST_KEYS = 100;
  private static final int SHORTEST_RSA = 2048;
  private static final YamlLimits LIMITS = new YamlLimits(1 << 20, 20, 20_000);
  private static final Map<String, SignatureAlgorithm> ALGORITHMS =
      Map.of(
          "RS256", SignatureAlgorithm.RSA_SHA256,
          "RS384", SignatureAlgorithm.RSA_SHA384,
          "RS512", SignatureAlgorithm.RSA_SHA512,
          "PS256", SignatureAlgorithm.RSA_PSS_SHA256,
          "PS384", SignatureAlgorithm.RSA_PSS_SHA384,
          "PS512", SignatureAlgorithm.RSA_PSS_SHA512,
          "ES256", SignatureAlgorithm.ECDSA_SHA256,
          "ES384", SignatureAlgorithm.ECDSA_SHA384,
          "ES512", SignatureAlgorithm.ECDSA_SHA512);
  // The curve of each algorithm, by the bits of its coordinates (RFC 7518 3.4).
  private static final Map<String, Integer> CURVE_BITS =
      Map.of("ES256", 256, "ES384", 384, "ES512", 521);

  private final List<Key> keys;
  private final SignatureVerifier signatures;

  private record Key(String id, String algorithm, int curveBits, PublicKeyInfo info) {}

  private KeyList(List<Key> keys, SignatureVerifier signatures) {
    this.keys = List.copyOf(keys);
    this.signatures = signatures;
  }

  /**
   * Reads one.
   *
   * @throws ProviderException if the text is no such set
   */
  public static KeyList read(byte[] text, SignatureVerifier signatures) throws ProviderException {
    List<YamlValue> found;
    try {
      YamlValue set = YamlReader.lenient().withLimits(LIMITS).readJson("keys", text);
      if (!(set instanceof YamlMapping mapping)
          || !(mapping.get("keys") instanceof YamlSequence list)) {
        throw new ProviderException("failed to decode keys: expected {\"keys\": [...]}");
      }
      found = list.values();
    } catch (YamlException malformed) {
      throw new ProviderException("failed to decode keys: " + malformed.problem());
    }
    if (found.size() > MOST_KEYS) {
      throw new ProviderException(found.size() + " keys, more than " + MOST_KEYS);
    }
    List<Key> keys = new ArrayList<>();
    for (YamlValue value : found) {
      Key key = value instanceof YamlMapping mapping ? key(mapping) : null;
      if (key != null) {
        keys.add(key);
      }
    }
    return new KeyList(keys, signatures);
  }

  private static @Nullable Key key(YamlMapping mapping) {
    try {
      JWK key = JWK.parse(JsonWriter.compact(mapping));
      if (KeyUse.ENCRYPTION.equals(key.getKeyUse())
          || key.getKeyOperations() != null
              && !key.getKeyOperations().contains(KeyOperation.VERIFY)) {
        return null;
      }
      String id = key.getKeyID() == null ? "" : key.getKeyID();
      String algorithm = key.getAlgorithm() == null ? "" : key.getAlgorithm().getName();
      if (key instanceof RSAKey rsa && rsa.size() >= SHORTEST_RSA) {
        return new Key(id, algorithm, 0, PublicKeyInfo.of(rsa.toRSAPublicKey().getEncoded()));
      } else if (key instanceof ECKey ec) {
        return new Key(
            id,
            algorithm,
            ec.toECPublicKey().getParams().getOrder().bitLength(),
            PublicKeyInfo.of(ec.toECPublicKey().getEncoded()));
      }
      return null;
    } catch (ParseException | JOSEException | RuntimeException unusable) {
      return null;
    }
  }

  /** How many keys can verify something. */
  public int size() {
    return keys.size();
  }

  /** Whether the token is signed by one of them, the one that it names or, if none, any. */
  public boolean verifies(SignedToken token) {
    SignatureAlgorithm algorithm = ALGORITHMS.get(token.algorithm());
    if (algorithm == null) {
      return false;
    }
    byte[] signature = null;
    for (Key key : keys) {
      if (!token.keyId().isEmpty() && !token.keyId().equals(key.id)
          || !key.algorithm.isEmpty() && !key.algorithm.equals(token.algorithm())
          || !fits(key, token.algorithm())) {
        continue;
      }
      if (signature == null) {
        signature = signature(token);
        if (signature == null) {
          return false;
        }
      }
      if (signatures.verify(key.info, algorithm, token.signedBytes(), signature)) {
        return true;
      }
    }
    return false;
  }

  private static boolean fits(Key key, String algorithm) {
    Integer bits = CURVE_BITS.get(algorithm);
    return bits == null ? key.info.family() == PublicKeyInfo.Family.RSA : key.curveBits == bits;
  }

  // ECDSA's two numbers side by side, each of its full length (RFC 7518 3.4); DER for the verifier.
  private static byte @Nullable [] signature(SignedToken token) {
    byte[] signature = token.signature();
    Integer bits = CURVE_BITS.get(token.algorithm());
    if (bits == null) {
      return signature;
    }
    if (signature.length != 2 * ((bits + 7) / 8)) {
      return null;
    }
    try {
      return ECDSA.transcodeSignatureToDER(signature);
    } catch (JOSEException | RuntimeException malformed) {
      return null;
    }
  }
}

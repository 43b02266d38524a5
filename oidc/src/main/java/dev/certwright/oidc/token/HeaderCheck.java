package dev.certwright.oidc.token;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.OctetKeyPair;
import com.nimbusds.jose.jwk.RSAKey;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.X509Exception;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlValue;
import java.security.PublicKey;
import java.text.ParseException;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What makes a token's header worthless whatever its signature says: parameters of a wrong type,
 * those that must be understood and are not (RFC 7515 4.1.11), and, as upstream's library has it,
 * an embedded key or certificate that is none.
 */
final class HeaderCheck {
  private static final Set<Curve> CURVES = Set.of(Curve.P_256, Curve.P_384, Curve.P_521);

  private HeaderCheck() {}

  /**
   * Looks at all of them.
   *
   * @throws TokenException for the first that is wrong
   */
  static void check(YamlMapping fields) throws TokenException {
    for (String name : List.of("alg", "kid", "nonce")) {
      SignedToken.text(fields, name);
    }
    if (isGiven(fields.get("crit"))) {
      throw new TokenException("critical header parameters are not supported");
    }
    YamlValue encoded = fields.get("b64");
    if (encoded != null && isGiven(encoded) && !GoJson.flag(encoded)) {
      throw new TokenException("an unencoded payload is not supported");
    }
    YamlValue key = fields.get("jwk");
    if (key != null && isGiven(key) && !isPublicKey(key)) {
      throw new TokenException("invalid embedded jwk, must be public key");
    }
    YamlValue chain = fields.get("x5c");
    if (chain != null && isGiven(chain)) {
      checkCertificates(chain);
    }
  }

  private static boolean isGiven(@Nullable YamlValue value) {
    return value != null && !(value instanceof YamlNull);
  }

  private static boolean isPublicKey(YamlValue value) {
    try {
      JWK key = JWK.parse(JsonWriter.compact(value));
      if (key instanceof RSAKey rsa) {
        PublicKey unused = rsa.toRSAPublicKey();
      } else if (key instanceof ECKey ec && CURVES.contains(ec.getCurve())) {
        PublicKey unused = ec.toECPublicKey();
      } else if (!(key instanceof OctetKeyPair pair && pair.getCurve().equals(Curve.Ed25519))) {
        return false;
      }
      return !key.isPrivate();
    } catch (ParseException | JOSEException | RuntimeException none) {
      return false;
    }
  }

  private static void checkCertificates(YamlValue chain) throws TokenException {
    List<String> encoded = GoJson.strings(chain);
    if (encoded == null) {
      throw new TokenException("failed to unmarshal x5c header");
    }
    try {
      for (String certificate : encoded) {
        Certificate unused = Certificate.of(Base64.getDecoder().decode(certificate));
      }
    } catch (IllegalArgumentException | X509Exception none) {
      throw new TokenException("failed to unmarshal x5c header: no certificate");
    }
  }
}

package dev.certwright.oidc.token;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlValue;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A JWS in compact form (RFC 7515), taken apart; nothing of it is believed yet. Keys and addresses
 * of keys in its header ({@code jwk}, {@code jku}, {@code x5c}, {@code x5u}) are never used (RFC
 * 8725 3.10).
 */
public final class SignedToken {
  /** What fits into a request's head, with much to spare. */
  public static final int LONGEST = 128 << 10;

  private static final String GOOGLE = "accounts.google.com";

  private final String algorithm;
  private final String keyId;
  private final byte[] signedBytes;
  private final byte[] signature;
  private final YamlMapping claims;

  private SignedToken(
      String algorithm, String keyId, byte[] signedBytes, byte[] signature, YamlMapping claims) {
    this.algorithm = algorithm;
    this.keyId = keyId;
    this.signedBytes = signedBytes;
    this.signature = signature;
    this.claims = claims;
  }

  /**
   * The issuer that a token names, as far as it can be read; whether it is of that issuer is open.
   *
   * @return null if it is no token at all
   */
  public static @Nullable String claimedIssuer(String token) {
    if (token.length() > LONGEST || token.strip().startsWith("{")) {
      return null;
    }
    int first = token.indexOf('.');
    int second = token.indexOf('.', first + 1);
    if (first < 0 || second < 0 || token.indexOf('.', second + 1) >= 0) {
      return null;
    }
    byte[] payload = decoded(token.substring(first + 1, second));
    if (payload == null) {
      return null;
    }
    try {
      String issuer = "";
      for (YamlMapping.Entry entry : GoJson.object(payload).entries()) {
        if (FieldNames.isNamed(entry.key(), "iss")) {
          issuer = entry.value() instanceof YamlNull ? issuer : GoJson.string(entry.value());
        }
      }
      return issuer.equals(GOOGLE) ? "https://" + GOOGLE : issuer;
    } catch (TokenException unreadable) {
      return null;
    }
  }

  /**
   * Takes one apart.
   *
   * @throws TokenException if it is malformed
   */
  public static SignedToken parse(String token) throws TokenException {
    if (token.length() > LONGEST) {
      throw malformed("longer than " + LONGEST + " characters");
    }
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3) {
      throw malformed("compact JWS format must have three parts");
    }
    byte[] header = decoded(parts[0]);
    byte[] payload = decoded(parts[1]);
    byte[] signature = decoded(parts[2]);
    if (header == null || payload == null || signature == null) {
      throw malformed("illegal base64 data");
    }
    if (header.length == 0) {
      throw malformed("no header");
    }
    YamlMapping fields;
    try {
      fields = GoJson.objectOfUniqueNames(header);
      HeaderCheck.check(fields);
    } catch (TokenException unreadable) {
      throw malformed(String.valueOf(unreadable.getMessage()));
    }
    YamlMapping claims;
    try {
      claims = GoJson.object(payload);
    } catch (TokenException unreadable) {
      throw new TokenException("oidc: failed to unmarshal claims: " + unreadable.getMessage());
    }
    byte[] signed = (parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII);
    return new SignedToken(text(fields, "alg"), text(fields, "kid"), signed, signature, claims);
  }

  private static TokenException malformed(String why) {
    return new TokenException("oidc: malformed jwt: " + why);
  }

  static String text(YamlMapping fields, String name) throws TokenException {
    YamlValue value = fields.get(name);
    return value == null ? "" : GoJson.string(value);
  }

  // Without padding and without line ends; both would be other texts for the same token.
  private static byte @Nullable [] decoded(String part) {
    if (part.indexOf('=') >= 0) {
      return null;
    }
    try {
      return Base64.getUrlDecoder().decode(part);
    } catch (IllegalArgumentException illegal) {
      return null;
    }
  }

  /** The {@code alg} of the header, empty if there is none. */
  public String algorithm() {
    return algorithm;
  }

  /** The {@code kid} of the header, empty if there is none. */
  public String keyId() {
    return keyId;
  }

  /** What the signature is over. */
  public byte[] signedBytes() {
    return Arrays.copyOf(signedBytes, signedBytes.length);
  }

  /** The signature as JOSE writes it. */
  public byte[] signature() {
    return Arrays.copyOf(signature, signature.length);
  }

  /** What it claims. */
  public YamlMapping claims() {
    return claims;
  }

  /** Says nothing of what it is. */
  @Override
  public String toString() {
    return "a token";
  }
}

package dev.certwright.conformance.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/**
 * Somebody who has a key that the identity provider publishes, and signs what no provider would:
 * odd headers and claims behind a good signature.
 */
final class TrustedForger {
  private static final List<String> HEADERS =
      List.of(
          "",
          "",
          "",
          ",'alg':'RS256'",
          ",'alg':'none'",
          ",'kid':'x'",
          ",'ALG':'none'",
          ",'x':1,'x':2",
          ",'typ':'at+jwt'",
          ",'typ':1",
          ",'cty':'JWT'",
          ",'zip':'DEF'",
          ",'enc':'A256GCM'",
          ",'jwk':{}",
          ",'jwk':'key'",
          ",'jwk':null",
          ",'jwk':{'kty':'oct','k':'AAAA'}",
          ",'jwk':{'kty':'RSA','n':'!','e':'AQAB'}",
          ",'x5c':'a'",
          ",'x5c':[]",
          ",'x5c':['!!']",
          ",'x5c':['AAAA']",
          ",'x5c':[1]",
          ",'x5u':{}",
          ",'jku':1",
          ",'crit':[]",
          ",'crit':['exp'],'exp':1",
          ",'b64':false",
          ",'nonce':1");
  private static final List<String> CLAIMS =
      List.of(
          "",
          "",
          ",'aud':'other'",
          ",'aud':['other','kube']",
          ",'aud':[]",
          ",'aud':{'kube':1}",
          ",'exp':1",
          ",'exp':'1'",
          ",'exp':1e300",
          ",'nbf':9999999999",
          ",'nbf':'soon'",
          ",'iat':'long ago'",
          ",'iss':'https://other.example'",
          ",'email_verified':false",
          ",'email_verified':'true'",
          ",'preferred_username':'system:x'",
          ",'preferred_username':''",
          ",'preferred_username':7",
          ",'preferred_username':['mary']",
          ",'groups':'one'",
          ",'groups':[['a']]",
          ",'groups':['a','a','']",
          ",'groups':null",
          ",'groups':{'a':1}",
          ",'sub':''",
          ",'sub':7",
          ",'email':null",
          ",'email':['a']",
          ",'jti':'4711'",
          ",'jti':4711",
          ",'jti':''");

  private final KeyPair pair;
  private final String issuer;

  TrustedForger(String issuer) throws GeneralSecurityException {
    this.issuer = issuer;
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    pair = generator.generateKeyPair();
  }

  /** PKCS#8 in PEM, in one line as Keycloak takes it. */
  String privateKey() {
    return Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded());
  }

  /** A token that nothing is wrong with. */
  String good() {
    return token("", "");
  }

  /** One that something may be wrong with, behind a good signature. */
  String token(Random random) {
    return token(
        HEADERS.get(random.nextInt(HEADERS.size())), CLAIMS.get(random.nextInt(CLAIMS.size())));
  }

  // Of members that stand twice the last one counts, so that a claim replaces the good one; nobody
  // knows the provider's name for the key, and without one every key is tried.
  private String token(String moreHeader, String moreClaims) {
    long now = Instant.now().getEpochSecond();
    String header = "{'alg':'RS256'" + moreHeader + "}";
    String claims =
        "{'iss':'"
            + issuer
            + "','aud':'kube','sub':'s-1','preferred_username':'mary','email':'mary@example.com',"
            + "'email_verified':true,'groups':['a','b'],'iat':"
            + now
            + ",'exp':"
            + (now + 300)
            + moreClaims
            + "}";
    String text = encoded(header) + "." + encoded(claims);
    try {
      Signature signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(pair.getPrivate());
      signature.update(text.getBytes(UTF_8));
      return text + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.replace('\'', '"').getBytes(UTF_8));
  }
}

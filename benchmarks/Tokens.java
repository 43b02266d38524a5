import static java.nio.charset.StandardCharsets.UTF_8;

import dev.certwright.authentication.Authentication;
import dev.certwright.oidc.claims.JwtAuthenticator;
import dev.certwright.oidc.claims.TokenChecks;
import dev.certwright.oidc.configuration.AuthenticationConfiguration;
import dev.certwright.oidc.configuration.ConfigurationReader;
import dev.certwright.oidc.configuration.ConfigurationValidation;
import dev.certwright.oidc.provider.KeyList;
import dev.certwright.oidc.provider.KeySource;
import dev.certwright.oidc.provider.ProviderAccess;
import dev.certwright.oidc.provider.SignatureAnswer;
import dev.certwright.oidc.token.SignedToken;
import dev.certwright.x509.key.NativeSignatureVerifier;
import dev.certwright.x509.key.SignatureVerifier;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;

/**
 * What a token of an identity provider costs, on one thread, beside a bare {@link
 * Signature#verify(byte[])} of the same native provider with the same keys over the same bytes, in
 * turn. Every token is another one, but where they are remembered.
 */
final class Tokens {
  private static final int COUNT = Integer.getInteger("tokens", 2_000);
  private static final int ROUNDS = Integer.getInteger("rounds", 15);
  private static final String ISSUER = "https://id.example/realms/cluster";
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  // Budgets: how much of the bare rate is left, and how many times as fast remembered tokens are.
  private static final double SIGNATURE_SHARE = 0.8;
  private static final double WHOLE_SHARE = 0.5;
  private static final double REMEMBERED_TIMES = 20;

  private Tokens() {}

  /** Prints the figures; ends with 1 if a budget is broken. */
  public static void main(String[] arguments) throws GeneralSecurityException {
    SignatureVerifier signatures = NativeSignatureVerifier.orPortable();
    Provider provider = provider();
    System.out.printf(
        Locale.ROOT, "Java %s, %s%n", System.getProperty("java.version"), signatures.description());
    boolean kept = true;
    for (Kind kind : Kind.values()) {
      kept &= new Run(kind, signatures, provider).report();
    }
    System.exit(kept ? 0 : 1);
  }

  private static Provider provider() {
    try {
      return (Provider)
          Class.forName("com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider")
              .getField("INSTANCE")
              .get(null);
    } catch (ReflectiveOperationException absent) {
      throw new IllegalStateException("the native provider is not here: mvn package first", absent);
    }
  }

  private enum Kind {
    RS256("RSA", "SHA256withRSA", "SHA256withRSA"),
    ES256("EC", "SHA256withECDSA", "SHA256withECDSAinP1363Format");

    final String family;
    final String bare;
    final String jose;

    Kind(String family, String bare, String jose) {
      this.family = family;
      this.bare = bare;
      this.jose = jose;
    }

    KeyPair pair() throws GeneralSecurityException {
      KeyPairGenerator generator = KeyPairGenerator.getInstance(family);
      if (this == RS256) {
        generator.initialize(2048);
      } else {
        generator.initialize(new ECGenParameterSpec("secp256r1"));
      }
      return generator.generateKeyPair();
    }

    String jwk(PublicKey key) {
      if (key instanceof RSAPublicKey rsa) {
        return "{\"kty\":\"RSA\",\"kid\":\"k\",\"use\":\"sig\",\"n\":\""
            + number(rsa.getModulus(), 256)
            + "\",\"e\":\"AQAB\"}";
      }
      ECPublicKey ec = (ECPublicKey) key;
      return "{\"kty\":\"EC\",\"kid\":\"k\",\"crv\":\"P-256\",\"x\":\""
          + number(ec.getW().getAffineX(), 32)
          + "\",\"y\":\""
          + number(ec.getW().getAffineY(), 32)
          + "\"}";
    }

    private static String number(BigInteger value, int length) {
      byte[] bytes = value.toByteArray();
      byte[] exact = new byte[length];
      int count = Math.min(length, bytes.length);
      System.arraycopy(bytes, bytes.length - count, exact, length - count, count);
      return BASE64.encodeToString(exact);
    }
  }

  private record Keys(KeyList list) implements KeySource {
    @Override
    public SignatureAnswer check(SignedToken token) {
      return list.verifies(token) ? new SignatureAnswer.Good(list) : new SignatureAnswer.Bad("not signed");
    }

    @Override
    public KeyList current() {
      return list;
    }
  }

  private static final class Run {
    private final Kind kind;
    private final Provider provider;
    private final Keys keys;
    private final PublicKey bareKey;
    private final JwtAuthenticator forgetful;
    private final JwtAuthenticator remembering;
    private final String[] tokens = new String[COUNT];
    private final SignedToken[] parsed = new SignedToken[COUNT];
    private final byte[][] signed = new byte[COUNT][];
    private final byte[][] bareSignatures = new byte[COUNT][];

    Run(Kind kind, SignatureVerifier signatures, Provider provider) throws GeneralSecurityException {
      this.kind = kind;
      this.provider = provider;
      KeyPair pair = kind.pair();
      try {
        byte[] set = ("{\"keys\":[" + kind.jwk(pair.getPublic()) + "]}").getBytes(UTF_8);
        keys = new Keys(KeyList.read(set, signatures));
        make(pair);
      } catch (GeneralSecurityException failed) {
        throw failed;
      } catch (Exception impossible) {
        throw new IllegalStateException(impossible);
      }
      bareKey =
          KeyFactory.getInstance(kind.family, provider)
              .generatePublic(new X509EncodedKeySpec(pair.getPublic().getEncoded()));
      forgetful = authenticator(signatures, 1);
      remembering = authenticator(signatures, COUNT);
    }

    private JwtAuthenticator authenticator(SignatureVerifier signatures, int capacity) {
      String config =
          "apiVersion: apiserver.config.k8s.io/v1\nkind: AuthenticationConfiguration\njwt:\n"
              + "- issuer: {url: '" + ISSUER + "', audiences: [kube]}\n"
              + "  claimMappings:\n    username: {claim: preferred_username, prefix: 'kc:'}\n"
              + "    groups: {claim: groups, prefix: 'kc:'}\n";
      AuthenticationConfiguration configuration = ConfigurationReader.read("config", config.getBytes(UTF_8));
      return new JwtAuthenticator(
          configuration.jwt().get(0),
          ConfigurationValidation.validate(configuration).get(0),
          TokenChecks.ALL_ALGORITHMS,
          ProviderAccess.knowing(keys, signatures, System::nanoTime),
          InstantSource.system(),
          capacity);
    }

    // As long as what Keycloak makes.
    private void make(KeyPair pair) throws Exception {
      long now = System.currentTimeMillis() / 1000;
      String header =
          BASE64.encodeToString(
              ("{\"alg\":\"" + kind + "\",\"typ\":\"JWT\",\"kid\":\"k\"}").getBytes(UTF_8));
      for (int i = 0; i < COUNT; i++) {
        String claims =
            "{\"exp\":" + (now + 3600) + ",\"iat\":" + now
                + ",\"jti\":\"2f1e7b0a-5f7b-4c8e-9d0e-" + String.format("%012d", i)
                + "\",\"iss\":\"" + ISSUER + "\",\"aud\":\"kube\",\"sub\":\"0b7d1c52-0f3a-4c6e-8b53-5a1f8f6b9d11\""
                + ",\"typ\":\"ID\",\"azp\":\"kube\",\"sid\":\"5d7c1d0e-7d0c-4f8a-a9b2-1f1b3a0d4c55\""
                + ",\"at_hash\":\"p8QfVbqXk0m0S2uP1v3r9w\",\"acr\":\"1\",\"email_verified\":true,\"name\":\"Jane Doe\""
                + ",\"groups\":[\"devs\",\"ops\"],\"preferred_username\":\"jane" + i
                + "\",\"given_name\":\"Jane\",\"family_name\":\"Doe\",\"email\":\"jane@example.com\"}";
        signed[i] = (header + "." + BASE64.encodeToString(claims.getBytes(UTF_8))).getBytes(UTF_8);
        Signature jose = Signature.getInstance(kind.jose);
        jose.initSign(pair.getPrivate());
        jose.update(signed[i]);
        byte[] raw = jose.sign();
        tokens[i] = new String(signed[i], UTF_8) + "." + BASE64.encodeToString(raw);
        parsed[i] = SignedToken.parse(tokens[i]);
        Signature bare = Signature.getInstance(kind.bare);
        bare.initSign(pair.getPrivate());
        bare.update(signed[i]);
        bareSignatures[i] = bare.sign();
      }
    }

    boolean report() {
      double[] bare = new double[ROUNDS];
      double[] checked = new double[ROUNDS];
      double[] whole = new double[ROUNDS];
      double[] again = new double[ROUNDS];
      for (int i = 0; i < COUNT; i++) {
        expect(let(remembering, i));
      }
      for (int round = -ROUNDS; round < ROUNDS; round++) {
        int at = Math.max(0, round);
        bare[at] = time(this::verifies);
        checked[at] = time(i -> keys.list.verifies(parsed[i]));
        whole[at] = time(i -> let(forgetful, i));
        again[at] = time(i -> let(remembering, i));
      }
      double signature = median(checked);
      double fresh = median(whole);
      double remembered = median(again);
      System.out.printf(
          Locale.ROOT,
          "%s: bare verification %.1f us; signature of a token %.1f us (%.2f of the rate);"
              + " a whole token, text to user, %.1f us (%.2f); remembered %.2f us (%.0f times as fast)%n",
          kind,
          median(bare),
          signature,
          median(bare) / signature,
          fresh,
          median(bare) / fresh,
          remembered,
          fresh / remembered);
      boolean kept =
          median(bare) / signature >= SIGNATURE_SHARE
              && median(bare) / fresh >= WHOLE_SHARE
              && fresh / remembered >= REMEMBERED_TIMES;
      if (!kept) {
        System.out.printf(
            Locale.ROOT,
            "%s: over budget: %.2f of the rate, %.2f of it whole, %.0f times%n",
            kind,
            SIGNATURE_SHARE,
            WHOLE_SHARE,
            REMEMBERED_TIMES);
      }
      return kept;
    }

    private boolean verifies(int i) {
      try {
        Signature verifier = Signature.getInstance(kind.bare, provider);
        verifier.initVerify(bareKey);
        verifier.update(signed[i]);
        return verifier.verify(bareSignatures[i]);
      } catch (GeneralSecurityException impossible) {
        throw new IllegalStateException(impossible);
      }
    }

    private boolean let(JwtAuthenticator by, int i) {
      return by.authenticate(tokens[i]) instanceof Authentication.Authenticated;
    }

    private static void expect(boolean good) {
      if (!good) {
        throw new IllegalStateException("a good token was not let in");
      }
    }

    /** Microseconds for one. */
    private static double time(Step step) {
      long began = System.nanoTime();
      for (int i = 0; i < COUNT; i++) {
        expect(step.take(i));
      }
      return (System.nanoTime() - began) / 1e3 / COUNT;
    }
  }

  private interface Step {
    boolean take(int number);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}

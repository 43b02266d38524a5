package dev.certwright.authentication;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.identity.Identity;
import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.SignatureAlgorithm;
import dev.certwright.x509.chain.TestAuthority;
import dev.certwright.x509.chain.TrustAnchors;
import dev.certwright.x509.key.PortableSignatureVerifier;
import dev.certwright.x509.key.SignatureVerifier;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ClientCertificateAuthenticatorTest {
  private final TestAuthority authority = TestAuthority.of("ca", 1);
  private final Counting signatures = new Counting();
  private @Nullable TrustAnchors anchors = TrustAnchors.ofPem(authority.pem());
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final ClientCertificateAuthenticator authenticator = authenticator(100);

  private ClientCertificateAuthenticator authenticator(int capacity) {
    return new ClientCertificateAuthenticator(() -> anchors, signatures, () -> now, capacity);
  }

  /** Counts how often a signature is computed: not at all for those who are remembered. */
  private static final class Counting implements SignatureVerifier {
    private final SignatureVerifier verifier = new PortableSignatureVerifier();
    private int count;

    @Override
    public boolean verify(
        PublicKeyInfo key, SignatureAlgorithm algorithm, byte[] message, byte[] signature) {
      count++;
      return verifier.verify(key, algorithm, message, signature);
    }

    @Override
    public String description() {
      return "counting";
    }
  }

  private byte[] jane() {
    return authority.client("jane", "250101000000Z", "260601000000Z");
  }

  private String name(byte[]... presented) {
    return authenticator.authenticate(List.of(presented))
            instanceof Authentication.Authenticated known
        ? known.identity().name()
        : "";
  }

  @Test
  void nothingPresentedIsNoOpinionX05() {
    assertThat(authenticator.authenticate(List.of())).isEqualTo(new Authentication.NoOpinion());
  }

  @Test
  void noBundleYetIsNoOpinionX06() {
    anchors = null;

    assertThat(authenticator.authenticate(List.of(jane())))
        .isEqualTo(new Authentication.NoOpinion());
  }

  @Test
  void emptyCommonNameIsNoOpinionX13() {
    byte[] nobody = authority.client("", "250101000000Z", "260601000000Z");

    assertThat(authenticator.authenticate(List.of(nobody)))
        .isEqualTo(new Authentication.NoOpinion());
  }

  @Test
  void goodCertificateIsItsSubject() {
    Authentication answer = authenticator.authenticate(List.of(jane()));

    assertThat(answer).isInstanceOf(Authentication.Authenticated.class);
    Identity identity = ((Authentication.Authenticated) answer).identity();
    assertThat(identity.name()).isEqualTo("jane");
    assertThat(identity.groups()).containsExactly("devs");
    assertThat(identity.extra()).containsOnlyKeys("authentication.kubernetes.io/credential-id");
  }

  @Test
  void refusalSaysWhichCertificateAndWhyX09() {
    byte[] old = authority.client("jane", "250101000000Z", "250601000000Z");

    assertThat(authenticator.authenticate(List.of(old)))
        .isInstanceOfSatisfying(
            Authentication.Failed.class,
            failed ->
                assertThat(failed.reason())
                    .startsWith("verifying certificate SN=2, SKID=, AKID= failed: ")
                    .contains("expired"));
  }

  @Test
  void unreadableCertificateFails() {
    assertThat(authenticator.authenticate(List.of(jane(), new byte[] {1, 2, 3})))
        .isInstanceOf(Authentication.Failed.class);
  }

  @Test
  void secondTimeComputesNoSignature() {
    byte[] jane = jane();
    assertThat(name(jane)).isEqualTo("jane");
    int once = signatures.count;

    assertThat(name(jane)).isEqualTo("jane");
    assertThat(name(jane.clone())).isEqualTo("jane");
    assertThat(signatures.count).isEqualTo(once);
  }

  @Test
  void oneBitAwayFromRememberedIsNotRemembered() {
    byte[] jane = jane();
    assertThat(name(jane)).isEqualTo("jane");
    for (int i = 0; i < jane.length; i++) {
      byte[] changed = jane.clone();
      changed[i] ^= 1;
      assertThat(name(changed)).as("byte %s", i).isEmpty();
    }
  }

  @Test
  void otherCertificatesBesideItMakeAnotherQuestion() {
    byte[] jane = jane();
    assertThat(name(jane)).isEqualTo("jane");
    int once = signatures.count;

    assertThat(name(jane, authority.encoded())).isEqualTo("jane");
    assertThat(signatures.count).isGreaterThan(once);
  }

  @Test
  void rememberedIsForgottenTheNanosecondItExpires() {
    byte[] jane = jane();
    assertThat(name(jane)).isEqualTo("jane");
    now = Instant.parse("2026-06-01T00:00:00Z");
    assertThat(name(jane)).isEqualTo("jane");

    now = now.plusNanos(1);
    assertThat(name(jane)).isEmpty();
    now = Instant.parse("2026-01-01T00:00:00Z");
    assertThat(name(jane)).isEqualTo("jane");
  }

  @Test
  void rememberedIsForgottenWhenTheAuthorityExpires() {
    byte[] jane = authority.client("jane", "250101000000Z", "290601000000Z");
    assertThat(name(jane)).isEqualTo("jane");

    now = Instant.parse("2027-01-01T00:00:01Z");
    assertThat(name(jane)).isEmpty();
  }

  @Test
  void clockThatGoesBackBeforeTheBeginningIsNoticed() {
    byte[] jane = jane();
    assertThat(name(jane)).isEqualTo("jane");

    now = Instant.parse("2024-12-31T23:59:59.999999999Z");
    assertThat(name(jane)).isEmpty();
  }

  @Test
  void rememberedIsForgottenWhenTheAuthoritiesChange() {
    byte[] jane = jane();
    assertThat(name(jane)).isEqualTo("jane");

    anchors = TrustAnchors.ofPem(TestAuthority.of("ca", 2).pem());
    assertThat(name(jane)).isEmpty();
    anchors = TrustAnchors.ofPem(authority.pem());
    assertThat(name(jane)).isEqualTo("jane");
  }

  @Test
  void failuresAreNotRemembered() {
    byte[] jane = jane();
    now = Instant.parse("2026-06-02T00:00:00Z");
    assertThat(name(jane)).isEmpty();

    now = Instant.parse("2026-01-01T00:00:00Z");
    assertThat(name(jane)).isEqualTo("jane");
  }

  @Test
  void capacityBoundsWhatIsRemembered() {
    RememberedIdentities remembered = new RememberedIdentities(2);
    TrustAnchors current = TrustAnchors.ofPem(authority.pem());
    for (int i = 0; i < 10; i++) {
      byte[] client = authority.client("u" + i, "250101000000Z", "260601000000Z");
      remembered.remember(
          RememberedIdentities.key(List.of(client)),
          current,
          now,
          List.of(dev.certwright.x509.Certificate.of(client)),
          Identity.of("u" + i, List.of()));
    }

    assertThat(remembered.size()).isEqualTo(2);
    ClientCertificateAuthenticator none = authenticator(0);
    byte[] jane = jane();
    none.authenticate(List.of(jane));
    int once = signatures.count;
    none.authenticate(List.of(jane));
    assertThat(signatures.count).isEqualTo(once + 1);
  }
}

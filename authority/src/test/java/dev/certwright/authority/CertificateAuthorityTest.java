package dev.certwright.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.SigningKey;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which certificates of a file belong to a key, and in which order. */
final class CertificateAuthorityTest {
  private static final String CA = "basicConstraints=critical,CA:TRUE\nkeyUsage=keyCertSign\n";

  @TempDir Path temporary;

  @Test
  void chainIsFoundInAnyOrderAndAmongOthers() {
    TestFolder folder = new TestFolder(temporary);
    Certificate root = folder.root("root", "/CN=root", "");
    Certificate upper = folder.intermediate("upper", "/CN=upper", "root", CA);
    Certificate lower = folder.intermediate("lower", "/CN=lower", "upper", CA);
    Certificate other = folder.root("other", "/CN=other", "");
    SigningKey key = folder.key("lower.key");
    List<Certificate> bundle = new ArrayList<>(List.of(root, upper, lower, other, upper));
    Random random = new Random(1);
    for (int i = 0; i < 20; i++) {
      Collections.shuffle(bundle, random);

      CertificateAuthority authority = CertificateAuthority.of(bundle, key);

      assertThat(authority.certificate()).isEqualTo(lower);
      assertThat(authority.above()).containsExactly(upper, root);
      assertThat(authority.intermediates()).containsExactly(lower, upper);
    }
    assertThat(CertificateAuthority.of(List.of(lower, upper), key).above()).containsExactly(upper);
    assertThat(CertificateAuthority.of(List.of(root, lower), key).above()).isEmpty();
    assertThat(CertificateAuthority.of(List.of(root), folder.key("root.key")).intermediates())
        .isEmpty();

    Issuer issuer = new Issuer(CertificateAuthority.of(bundle, key), IssuancePolicy.STRICT);
    folder.write(
        "c",
        issuer.sign(
            issuer.plan(
                new IssuanceRequest("jane", List.of(), "", Duration.ofHours(1), null),
                Instant.now()),
            new PortableCryptography().generate(KeyType.P_256).publicKey()));
    folder.write("both", folder.openssl("x509 -in upper") + folder.openssl("x509 -in lower"));
    assertThat(folder.openssl("verify -CAfile root -untrusted both -purpose sslclient c"))
        .contains("OK");
  }

  @Test
  void issuerIsWhoSignedAndNotWhoHasTheSameName() {
    TestFolder folder = new TestFolder(temporary);
    Certificate root = folder.root("root", "/CN=root", "");
    Certificate namesake = folder.root("namesake", "/CN=root", "");
    Certificate lower = folder.intermediate("lower", "/CN=lower", "root", CA);
    SigningKey key = folder.key("lower.key");

    assertThat(CertificateAuthority.of(List.of(lower, namesake, root), key).above())
        .containsExactly(root);
    assertThat(CertificateAuthority.of(List.of(lower, namesake), key).above()).isEmpty();
  }

  @Test
  void ofSeveralCertificatesForOneKeyTheOneThatLastsLongestCounts() {
    TestFolder folder = new TestFolder(temporary);
    Certificate old = folder.root("ca", "/CN=ca", "-days 1");
    Certificate renewed = folder.selfSigned("new", "ca.key", "/CN=ca", "-days 300");
    Certificate lower = folder.intermediate("lower", "/CN=lower", "ca", CA);

    for (List<Certificate> bundle : List.of(List.of(old, renewed), List.of(renewed, old))) {
      assertThat(CertificateAuthority.of(bundle, folder.key("ca.key")).certificate())
          .isEqualTo(renewed);
    }
    for (List<Certificate> bundle :
        List.of(List.of(lower, old, renewed), List.of(renewed, old, lower))) {
      assertThat(CertificateAuthority.of(bundle, folder.key("lower.key")).above())
          .containsExactly(renewed);
    }
  }

  @Test
  void authoritiesThatSignEachOtherAreNotFollowedForEver() {
    TestFolder folder = new TestFolder(temporary);
    folder.root("a", "/CN=a", "");
    folder.root("b", "/CN=b", "");
    Certificate aByB = folder.signed("ab", "a.key", "/CN=a", "b", CA, "-days 10");
    Certificate bByA = folder.signed("ba", "b.key", "/CN=b", "a", CA, "-days 10");

    CertificateAuthority authority =
        CertificateAuthority.of(List.of(aByB, bByA), folder.key("a.key"));

    assertThat(authority.certificate()).isEqualTo(aByB);
    assertThat(authority.above()).containsExactly(bByA);
  }

  @Test
  void keyOfNoCertificateIsRefusedWithBothKeys() {
    TestFolder folder = new TestFolder(temporary);
    Certificate ca = folder.root("ca", "/CN=ca", "");
    SigningKey other = new PortableCryptography().generate(KeyType.ED25519);

    assertThatThrownBy(() -> CertificateAuthority.of(List.of(ca), other))
        .isInstanceOf(AuthorityException.class)
        .hasMessageContaining("does not belong")
        .hasMessageContaining("ECDSA P-256")
        .hasMessageContaining("Ed25519");
    assertThatThrownBy(() -> CertificateAuthority.of(List.of(), other))
        .isInstanceOf(AuthorityException.class);
  }

  @Test
  void rsaAndEd25519AuthoritiesOfOpensslSign() {
    TestFolder folder = new TestFolder(temporary);
    folder.openssl("genrsa -traditional -out rsa.key 2048");
    folder.openssl("genpkey -algorithm ed25519 -out ed.key");
    for (String name : new String[] {"rsa", "ed"}) {
      Certificate ca = folder.selfSigned(name, name + ".key", "/O=x/CN=" + name, "");
      Issuer issuer =
          new Issuer(
              CertificateAuthority.of(List.of(ca), folder.key(name + ".key")),
              IssuancePolicy.STRICT);
      folder.write(
          "c",
          issuer.sign(
              issuer.plan(
                  new IssuanceRequest("jane", List.of(), "", Duration.ofHours(1), null),
                  Instant.now()),
              new PortableCryptography().generate(KeyType.P_256).publicKey()));

      assertThat(folder.openssl("verify -CAfile " + name + " -purpose sslclient c")).contains("OK");
    }
  }
}

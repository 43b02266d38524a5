package dev.certwright.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.testing.OpenSsl;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PortableCryptography;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said about CAs that openssl made, alone and in chains. */
final class AuthorityRulesTest {
  private static final String CA = "basicConstraints=critical,CA:TRUE\n";

  @TempDir Path temporary;

  private static List<String> forbidden(Certificate certificate, Certificate... above) {
    return forbidden(Instant.now(), certificate, above);
  }

  private static List<String> forbidden(
      Instant now, Certificate certificate, Certificate... above) {
    return AuthorityCheck.of(certificate, List.of(above), now).stream()
        .filter(finding -> finding.severity() == Severity.FORBIDDEN)
        .map(Finding::rule)
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-addext keyUsage=keyCertSign",
        "-addext extendedKeyUsage=clientAuth",
        "-addext extendedKeyUsage=serverAuth,anyExtendedKeyUsage",
        "-addext nameConstraints=critical,permitted;DNS:a.example",
        "-addext certificatePolicies=critical,1.2.3",
        "-addext crlDistributionPoints=critical,URI:http://a.example/c",
        "-addext policyConstraints=critical,requireExplicitPolicy:3",
        "-addext subjectAltName=critical,DNS:a.example",
        "-addext 1.2.3.4=ASN1:NULL",
      })
  void whatKubeApiserverTakesIsNotForbidden(String more) {
    Certificate ca =
        new TestFolder(temporary)
            .root("ca", "/CN=ca", "-days 365" + (more.isEmpty() ? "" : " " + more));

    assertThat(forbidden(ca)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "-addext nameConstraints=critical,permitted;email:a.example -addext 1.2.3.4=critical,ASN1:NULL"
            + " | ca-critical",
        "-addext subjectAltName=critical,RID:1.2.3.4 | ca-critical",
        "-addext extendedKeyUsage=1.2.3.4 | ca-extended-key-usage",
        "-addext extendedKeyUsage=serverAuth,codeSigning | ca-extended-key-usage",
        "-addext keyUsage=cRLSign | ca-key-usage",
      })
  void whatKubeApiserverRefusesIsForbidden(String more, String rule) {
    Certificate ca = new TestFolder(temporary).root("ca", "/CN=ca", "-days 365 " + more);

    assertThat(forbidden(ca)).containsExactly(rule);
  }

  @Test
  void rootOfVersion1MaySignAndAnIntermediateOfVersion1MayNotXs11() {
    TestFolder folder = new TestFolder(temporary);
    folder.openssl("ecparam -name prime256v1 -genkey -noout -out v1.key");
    folder.openssl("req -new -key v1.key -subj /CN=v1 -out v1.csr");
    folder.openssl("x509 -req -in v1.csr -signkey v1.key -days 365 -out v1");
    Certificate root = folder.certificate("v1");
    folder.root("top", "/CN=top", "");
    folder.openssl("x509 -req -in v1.csr -CA top -CAkey top.key -days 200 -out v1i");
    Certificate intermediate = folder.certificate("v1i");

    // openssl 3.2 and newer write version 3 here; then there is no basicConstraints, which is
    // worse.
    assertThat(forbidden(root)).isEqualTo(root.version() == 1 ? List.of() : List.of("ca-not-a-ca"));
    assertThat(forbidden(intermediate, folder.certificate("top")))
        .containsExactly(intermediate.version() == 1 ? "ca-version" : "ca-not-a-ca");
  }

  @Test
  void leafOrCertificateWithoutConstraintsIsNoCa() {
    TestFolder folder = new TestFolder(temporary);
    folder.root("ca", "/CN=ca", "");
    Certificate leaf =
        folder.intermediate("leaf", "/CN=leaf", "ca", "extendedKeyUsage=clientAuth\n");
    Certificate other = folder.intermediate("o", "/CN=o", "ca", "basicConstraints=CA:FALSE\n");

    assertThat(forbidden(leaf)).containsExactly("ca-not-a-ca");
    assertThat(forbidden(other)).containsExactly("ca-not-a-ca");
    assertThat(AuthorityCheck.of(leaf, List.of(), Instant.now()))
        .filteredOn(finding -> finding.rule().equals("ca-not-a-ca"))
        .extracting(Finding::found)
        .singleElement()
        .asString()
        .contains("no basicConstraints");
  }

  @Test
  void pathLengthCountsEveryCaBelowGv15() {
    TestFolder folder = new TestFolder(temporary);
    Certificate root =
        folder.root(
            "root", "/CN=root", "-days 365 -addext basicConstraints=critical,CA:TRUE,pathlen:1");
    Certificate upper = folder.intermediate("upper", "/CN=upper", "root", CA);
    Certificate lower = folder.intermediate("lower", "/CN=lower", "upper", CA);
    Certificate tight =
        folder.intermediate(
            "tight", "/CN=tight", "root", "basicConstraints=critical,CA:TRUE,pathlen:0\n");
    Certificate below = folder.intermediate("below", "/CN=below", "tight", CA);

    assertThat(forbidden(upper, root)).isEmpty();
    assertThat(forbidden(tight, root)).isEmpty();
    assertThat(forbidden(lower, upper, root)).containsExactly("ca-path-length");
    assertThat(forbidden(below, tight, root)).containsExactly("ca-path-length", "ca-path-length");
  }

  @Test
  void faultsOfTheCasAboveAreFoundAndNamed() {
    TestFolder folder = new TestFolder(temporary);
    Certificate root =
        folder.root("root", "/CN=root", "-days 365 -addext extendedKeyUsage=serverAuth");
    Certificate lower = folder.intermediate("lower", "/CN=lower", "root", CA);

    assertThat(AuthorityCheck.of(lower, List.of(root), Instant.now()))
        .filteredOn(finding -> finding.severity() == Severity.FORBIDDEN)
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule()).isEqualTo("ca-extended-key-usage");
              assertThat(finding.found()).contains("the CA CN=root");
            });
    assertThat(forbidden(Instant.now().plus(Duration.ofDays(300)), lower, root))
        .contains("ca-expired");
  }

  @Test
  void bothEndsOfTheValidityBelongToItGv02() {
    Certificate ca = new TestFolder(temporary).root("ca", "/CN=ca", "");
    Instant first = ca.validity().notBefore();
    Instant last = ca.validity().notAfter();

    assertThat(forbidden(first, ca)).isEmpty();
    assertThat(forbidden(last, ca)).isEmpty();
    assertThat(forbidden(first.minusNanos(1), ca)).containsExactly("ca-not-yet-valid");
    assertThat(forbidden(last.plusNanos(1), ca)).containsExactly("ca-expired");
  }

  @Test
  void intermediateAloneIsANoteOnly() {
    TestFolder folder = new TestFolder(temporary);
    folder.root("root", "/CN=root", "");
    Certificate lower = folder.intermediate("lower", "/CN=lower", "root", CA);

    assertThat(AuthorityCheck.of(lower, List.of(), Instant.now()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.rule()).isEqualTo("ca-chain");
              assertThat(finding.severity()).isEqualTo(Severity.NOTE);
            });
  }

  @ParameterizedTest
  @CsvSource({"1016, ca-weak-key, FORBIDDEN", "1024, ca-weak-key, WARNING", "2048, '', ''"})
  void rsaKeysOfAuthoritiesAreHeldAgainst1024And2048BitsGv23(
      int bits, String rule, String severity) {
    TestFolder folder = new TestFolder(temporary);
    folder.openssl("genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:" + bits + " -out ca.key");
    Certificate ca = folder.selfSigned("ca", "ca.key", "/CN=ca", "");

    assertThat(AuthorityCheck.of(ca, List.of(), Instant.now()))
        .extracting(finding -> finding.rule() + " " + finding.severity())
        .isEqualTo(rule.isEmpty() ? List.of() : List.of(rule + " " + severity));
  }

  @Test
  void keyOfAnotherFamilyIsForbidden() {
    TestFolder folder = new TestFolder(temporary);
    folder.openssl("genpkey -algorithm ed448 -out ca.key");

    assertThat(forbidden(folder.selfSigned("ca", "ca.key", "/CN=ca", "")))
        .containsExactly("ca-key");
  }

  @Test
  void everyForbiddenAuthorityRefusesToPlanAndSaysEveryRule() {
    TestFolder folder = new TestFolder(temporary);
    Certificate ca =
        folder.root(
            "ca",
            "/CN=ca",
            "-days 365 -addext basicConstraints=CA:FALSE -addext keyUsage=digitalSignature");
    Issuer issuer =
        new Issuer(
            CertificateAuthority.of(List.of(ca), folder.key("ca.key")), IssuancePolicy.STRICT);
    IssuanceRequest request =
        new IssuanceRequest("system:masters", List.of(), "", Duration.ofHours(1), null);

    assertThatThrownBy(() -> issuer.plan(request, Instant.now().plus(Duration.ofDays(400))))
        .isInstanceOfSatisfying(
            RefusedException.class,
            refused ->
                assertThat(refused.findings())
                    .extracting(Finding::rule)
                    .containsExactlyInAnyOrder(
                        "ca-expired", "ca-not-a-ca", "ca-key-usage", "system-masters"))
        .hasMessageContaining("expired")
        .hasMessageContaining("not a CA")
        .hasMessageContaining("system:masters");
  }

  @Test
  void certificateEndsWithTheFirstCaAboveThatEnds() {
    TestFolder folder = new TestFolder(temporary);
    Certificate root = folder.root("root", "/CN=root", "-days 2");
    Certificate lower = folder.intermediate("lower", "/CN=lower", "root", CA);
    Issuer issuer =
        new Issuer(
            CertificateAuthority.of(List.of(lower, root), folder.key("lower.key")),
            IssuancePolicy.STRICT);

    IssuancePlan plan =
        issuer.plan(
            new IssuanceRequest("jane", List.of(), "", Duration.ofDays(30), null), Instant.now());

    assertThat(plan.clippedByAuthority()).isTrue();
    assertThat(plan.validity().notAfter()).isEqualTo(root.validity().notAfter());
    folder.write(
        "c", issuer.sign(plan, new PortableCryptography().generate(KeyType.P_256).publicKey()));
    assertThat(OpenSsl.run(temporary, "verify -CAfile root -untrusted lower c")).contains("OK");
  }
}

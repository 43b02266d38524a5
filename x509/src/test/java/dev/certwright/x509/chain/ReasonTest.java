package dev.certwright.x509.chain;

import static dev.certwright.x509.chain.TestDer.bool;
import static dev.certwright.x509.chain.TestDer.bytes;
import static dev.certwright.x509.chain.TestDer.integer;
import static dev.certwright.x509.chain.TestDer.octets;
import static dev.certwright.x509.chain.TestDer.oid;
import static dev.certwright.x509.chain.TestDer.rdn;
import static dev.certwright.x509.chain.TestDer.sequence;
import static dev.certwright.x509.chain.TestDer.text;
import static dev.certwright.x509.chain.TestDer.tlv;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.x509.key.PortableSignatureVerifier;
import java.math.BigInteger;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What an operator is told: the reason that is nearest to the cure, and the cure. */
final class ReasonTest {
  private static final TestKeys KEYS = new TestKeys(5);
  private static final String SERVER_AUTH = "1.3.6.1.5.5.7.3.1";

  private final Scenario scenario = Scenario.good(KEYS, 1, new Random(4));
  private final CertificateSpec root = scenario.roots.get(0);
  private final CertificateSpec leaf = scenario.leaf();
  private final CertificateSpec intermediate = scenario.chain.get(1);

  private Refusal refusal() {
    ChainQuestion question = scenario.question("1", new CertificateSpec.SignatureMemory());
    ClientVerdict verdict =
        new ClientVerification(new PortableSignatureVerifier())
            .verifyPem(
                question.presented(),
                TrustAnchors.ofPem(question.bundle()),
                question.time(),
                question.purpose());
    assertThat(verdict).isInstanceOf(ClientVerdict.Refused.class);
    return ((ClientVerdict.Refused) verdict).refusal();
  }

  private void says(Reason reason, String message, String hint) {
    Refusal refusal = refusal();
    assertThat(refusal.message()).contains(message);
    assertThat(refusal.hint()).contains(hint);
    assertThat(refusal.reason()).isEqualTo(reason);
  }

  @Test
  void leafExpiredThreeDaysAgo() {
    leaf.notAfter = text(0x17, "251229000000Z");

    says(
        Reason.EXPIRED,
        "'O=devs, CN=jane' expired 3 days ago, at 2025-12-29T00:00:00Z",
        "issue a new one");
  }

  @Test
  void leafNotYetValid() {
    leaf.notBefore = text(0x17, "260101000200Z");

    says(
        Reason.NOT_YET_VALID,
        "not valid before 2026-01-01T00:02:00Z, which is in 2 minutes",
        "clock");
  }

  @Test
  void leafForServersOnly() {
    leaf.put(Scenario.EKU, false, sequence(oid(SERVER_AUTH)));

    says(Reason.PURPOSE, "is for serverAuth only", "extended key usage clientAuth");
  }

  @Test
  void authorityForServersOnly() {
    intermediate.put(Scenario.EKU, false, sequence(oid(SERVER_AUTH)));

    says(Reason.PURPOSE, "'CN=ca 0' is for serverAuth only", "issue it by a CA whose");
  }

  @Test
  void authorityOfTheSameNameWithAnotherKey() {
    TestKey other = KEYS.any(new Random(3));
    scenario.roots.set(
        0, scenario.authority(Scenario.name("root"), Scenario.name("root"), other, other));

    says(
        Reason.OTHER_KEY,
        "'CN=ca 0' was signed by a CA with the same name but another key than 'CN=root'",
        "have the CA trusted that signed it");
  }

  @Test
  void certificateThatWasChangedAfterItWasSigned() {
    intermediate.put(Scenario.SKI, false, octets(bytes(1, 2)));
    leaf.put(Scenario.AKI, false, sequence(tlv(0x80, bytes(1, 2))));
    leaf.signatureChange = signature -> bytes(0x30, 6, 2, 1, 1, 2, 1, 1);

    says(
        Reason.BAD_SIGNATURE,
        "'O=devs, CN=jane' names the key of 'CN=ca 0', which did not make its signature",
        "as it was issued");
  }

  @Test
  void authorityThatIsNotTrustedNorNamed() {
    root.subject = Scenario.name("another root");

    says(
        Reason.UNKNOWN_AUTHORITY,
        "was issued by 'CN=root', and the only trusted CA is 'CN=another root'",
        "have the CA trusted");
  }

  @Test
  void nameThatOnlyLooksTheSameGV03() {
    root.subject = sequence(rdn(Scenario.CN, text(0x13, "root")));

    says(Reason.UNKNOWN_AUTHORITY, "encoded in other bytes", "exactly as it stands");
  }

  @Test
  void certificateInBetweenNotPresented() {
    scenario.chain.remove(1);

    says(
        Reason.UNKNOWN_AUTHORITY, "was issued by 'CN=ca 0'", "present the certificates in between");
  }

  @Test
  void selfSignedLeaf() {
    leaf.issuer = leaf.subject;

    says(Reason.UNKNOWN_AUTHORITY, "is self-signed", "issue it by a trusted CA");
  }

  @Test
  void trustedAuthorityExpiredGV02() {
    root.notAfter = text(0x17, "251231235958Z");

    says(Reason.AUTHORITY_EXPIRED, "'CN=root' expired 2 seconds ago", "renew the CA's certificate");
  }

  @Test
  void authorityNotYetValid() {
    intermediate.notBefore = text(0x17, "260102000000Z");

    says(Reason.AUTHORITY_NOT_YET_VALID, "'CN=ca 0' is not valid before", "clock");
  }

  @Test
  void authorityThatIsNone() {
    intermediate.put(Scenario.BASIC, true, sequence());

    says(Reason.NOT_A_CA, "names 'CN=ca 0' as its issuer, which is not a CA", "basic constraints");
  }

  @Test
  void authorityThatMustNotSign() {
    intermediate.put(Scenario.KEY_USAGE, true, tlv(3, bytes(7, 0x80)));

    says(Reason.NOT_FOR_SIGNING, "key usage lacks keyCertSign", "anew with keyCertSign");
  }

  @Test
  void moreAuthoritiesThanAllowedGV15() {
    root.put(Scenario.BASIC, true, sequence(bool(true), integer(0)));

    says(Reason.PATH_TOO_LONG, "'CN=root' allows 0 CAs below it, and there are 1", "stands higher");
  }

  @Test
  void signatureWithSha1GV21() {
    TestKey.Rsa rsa = KEYS.anyRsa(new Random(1));
    leaf.sign(rsa, SignAlgorithm.RSA_SHA256);
    leaf.innerAlgorithm = sequence(oid("1.2.840.113549.1.1.5"), bytes(5, 0));

    says(Reason.UNUSABLE_ALGORITHM, "is signed with RSA with SHA-1", "SHA-256 or better");
  }

  @Test
  void authorityWithAWeakKeyGV23() {
    TestKey weak = RsaTestKeys.OF_1023_BITS;
    KeyMutations.rekey(scenario, intermediate, weak, weak.publicKey());

    says(Reason.UNUSABLE_AUTHORITY_KEY, "is RSA 1023, which kube-apiserver does not", "new CA");
  }

  @Test
  void criticalExtensionOfLeafAndOfAuthorityGV19() {
    intermediate.put("1.2.3.4", true, bytes(5, 0));
    says(Reason.AUTHORITY_CRITICAL_EXTENSION, "'CN=ca 0' has critical extensions", "without them");

    leaf.put("1.2.3.5", true, bytes(5, 0));
    says(Reason.CRITICAL_EXTENSION, "understand: 1.2.3.5", "not critical");
  }

  @Test
  void nameThatTheAuthorityMustNotCertify() {
    leaf.put(Scenario.SAN, false, sequence(text(0x82, "jane.example")));
    root.put(Scenario.NAME_CONSTRAINTS, true, sequence(tlv(0xA1, sequence(text(0x82, "example")))));

    says(
        Reason.NAME_CONSTRAINT,
        "the DNS name 'jane.example' is excluded by 'example'",
        "a client needs none");
  }

  @Test
  void subjectThatNamesNobodyX13() {
    leaf.subject = sequence(rdn(Scenario.O, text(0x0C, "devs")));
    says(Reason.NO_COMMON_NAME, "the subject has no Common Name", "as Common Name");

    leaf.subject = sequence(rdn(Scenario.CN, text(0x0C, "jane")), rdn(Scenario.CN, text(0x0C, "")));
    says(Reason.NO_COMMON_NAME, "the last Common Name of the subject is empty", "as Common Name");
  }

  @Test
  void uidsThatAreEmptyOrSeveralX19() {
    String uid = "1.3.6.1.4.1.57683.2";
    byte[] name = rdn(Scenario.CN, text(0x0C, "jane"));
    leaf.subject = sequence(name, rdn(uid, text(0x0C, "")));
    says(Reason.EMPTY_UID, "uid is empty", "without the attribute");

    leaf.subject = sequence(name, rdn(uid, text(0x0C, "1")), rdn(uid, text(0x0C, "1")));
    says(Reason.SEVERAL_UIDS, "has 2 uids", "one uid or none");
    assertThat(refusal().stage()).isEqualTo(Stage.IDENTITY);
  }

  @Test
  void certificateThatCannotBeReadBreaksTheHandshakeX03() {
    leaf.serial = integer(-1);
    says(Reason.UNREADABLE, "negative serial number", "issue a new one");
    assertThat(refusal().stage()).isEqualTo(Stage.TLS);

    leaf.serial = integer(1);
    intermediate.serial = integer(-1);
    says(Reason.UNREADABLE, "certificate 2 of the chain cannot be read", "leave it out");
  }

  @Test
  void keyThatIsTooLargeForTheHandshakeX03() {
    BigInteger modulus = BigInteger.ONE.shiftLeft(8_192).add(BigInteger.ONE);
    leaf.publicKey = TestKey.Rsa.spki(modulus, BigInteger.valueOf(3));

    says(Reason.KEY_TOO_LARGE, "RSA key of 8193 bits", "smaller key");
  }

  @Test
  void ofSeveralCandidatesTheOneThatCameFurthestIsNamed() {
    // Another key under the same name, trusted as well, and the right one, expired.
    TestKey other = KEYS.p256();
    CertificateSpec impostor =
        scenario.authority(Scenario.name("root"), Scenario.name("root"), other, other);
    impostor.put(Scenario.SKI, false, octets(bytes(1)));
    root.notAfter = text(0x17, "251229000000Z");
    for (int at = 0; at < 2; at++) {
      scenario.roots.add(at, impostor);
      says(Reason.AUTHORITY_EXPIRED, "'CN=root' expired 3 days ago", "renew");
      scenario.roots.remove(at);
    }
  }

  @Test
  void wholeChainThatFailsSaysMoreThanCandidatesThatDo() {
    CertificateSpec expired = intermediate.copy();
    expired.subject = intermediate.subject;
    expired.serial = integer(2);
    expired.notAfter = text(0x17, "251229000000Z");
    intermediate.put(Scenario.EKU, false, sequence(oid(SERVER_AUTH)));
    for (int at = 1; at < 3; at++) {
      scenario.chain.add(at, expired);
      says(Reason.PURPOSE, "'CN=ca 0' is for serverAuth only", "clientAuth");
      scenario.chain.remove(at);
    }
  }

  @Test
  void detourThatLeadsNowhereIsNotNamedWhenTheStraightWayAlmostLed() {
    TestKey own = KEYS.p256();
    CertificateSpec stray = scenario.authority(Scenario.name("nowhere"), leaf.issuer, own, own);
    scenario.chain.add(1, stray);
    intermediate.put(Scenario.BASIC, true, sequence());

    says(Reason.NOT_A_CA, "'CN=ca 0' as its issuer, which is not a CA", "basic constraints");
  }

  @Test
  void nanosecondAfterTheEndIsOneSecondAgoGV02() {
    scenario.time = Instant.parse("2027-01-01T00:00:00.000000001Z");

    says(Reason.EXPIRED, "expired 1 second ago", "issue a new one");
  }

  @Test
  void namesOfStrangersNeitherFillALogNorForgeALine() {
    leaf.subject =
        sequence(rdn(Scenario.CN, text(0x0C, "a\nlet in (forged)\u001b[2J" + "x".repeat(5_000))));
    leaf.notAfter = text(0x17, "251229000000Z");

    Refusal refusal = refusal();

    assertThat(refusal.message()).hasSizeLessThan(400).doesNotContain("\n", "\u001b");
  }
}

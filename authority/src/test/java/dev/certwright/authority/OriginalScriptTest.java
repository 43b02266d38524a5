package dev.certwright.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.x509.AttributeTypeAndValue;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.DistinguishedName;
import dev.certwright.x509.Extension;
import dev.certwright.x509.Oids;
import dev.certwright.x509.SubjectIdentity;
import dev.certwright.x509.der.DerReader;
import dev.certwright.x509.der.DerWriter;
import dev.certwright.x509.der.Tag;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The shell script that Certwright grew from, and the same wish granted by us. */
final class OriginalScriptTest {

  @Test
  void everyFieldIsTheSameOrOtherOnPurpose(@TempDir Path temporary) {
    TestFolder folder = new TestFolder(temporary);
    Certificate root = folder.root("ca", "/CN=kubernetes", "-days 3650");
    folder.openssl("genrsa -out jane.key 4096");
    folder.openssl("req -new -key jane.key -subj /O=read-only-users/CN=jane -out jane.csr");
    folder.openssl(
        "x509 -req -in jane.csr -CA ca -CAkey ca.key -CAcreateserial -days 365 -out jane.crt");
    Certificate script = folder.certificate("jane.crt");

    Instant now = Instant.now();
    Issuer issuer =
        new Issuer(
            CertificateAuthority.of(List.of(root), folder.key("ca.key")), IssuancePolicy.STRICT);
    Certificate ours =
        issuer.sign(
            issuer.plan(
                new IssuanceRequest(
                    "jane", List.of("read-only-users"), "", Duration.ofDays(365), null),
                now),
            folder.key("jane.key").publicKey());

    // The same: who signed it and how, who it is for, with which key, and until when.
    assertThat(ours.issuer()).isEqualTo(script.issuer());
    assertThat(ours.signatureAlgorithm()).isEqualTo(script.signatureAlgorithm());
    assertThat(withUtf8StringsOnly(ours.subject()))
        .isEqualTo(withUtf8StringsOnly(script.subject()));
    assertThat(ours.publicKey()).isEqualTo(script.publicKey());
    assertThat(Duration.between(script.validity().notAfter(), ours.validity().notAfter()).abs())
        .isLessThan(Duration.ofMinutes(1));
    assertThat(groupsAndName(ours)).isEqualTo(groupsAndName(script));

    // Other on purpose:
    // 1. the version, because extensions need 3, and before 3.2 openssl wrote 1 when there were
    // none;
    assertThat(ours.version()).isEqualTo(3);
    // 2. a serial number of its own, 127 random bits, and no ca.srl file that has to be kept;
    assertThat(ours.serialNumber()).isNotEqualTo(script.serialNumber()).isPositive();
    assertThat(ours.serialNumber()).isLessThan(BigInteger.ONE.shiftLeft(127));
    // 3. a start five minutes back, for machines whose clocks are behind;
    assertThat(ours.validity().notBefore())
        .isEqualTo(
            later(
                now.truncatedTo(java.time.temporal.ChronoUnit.SECONDS).minus(Issuer.BACKDATE),
                root.validity().notBefore()));
    // 4. extensions: what it may be used for, that it is no CA, and which keys are meant.
    assertThat(script.extensions().list())
        .extracting(Extension::oid)
        .isSubsetOf(Oids.SUBJECT_KEY_IDENTIFIER, Oids.AUTHORITY_KEY_IDENTIFIER);
    assertThat(ours.extensions().list())
        .extracting(Extension::oid)
        .containsExactlyInAnyOrder(
            Oids.BASIC_CONSTRAINTS,
            Oids.KEY_USAGE,
            Oids.EXTENDED_KEY_USAGE,
            Oids.SUBJECT_KEY_IDENTIFIER,
            Oids.AUTHORITY_KEY_IDENTIFIER);

    // Both are accepted by whoever trusts the CA.
    folder.write("ours.crt", ours);
    assertThat(folder.openssl("verify -CAfile ca -purpose sslclient jane.crt")).contains("OK");
    assertThat(folder.openssl("verify -CAfile ca -purpose sslclient ours.crt")).contains("OK");
  }

  private static List<Object> groupsAndName(Certificate certificate) {
    var identity = java.util.Objects.requireNonNull(SubjectIdentity.of(certificate).identity());
    return List.of(identity.name(), identity.groups(), identity.uid());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** The DER of a name with all strings made UTF8Strings; all else, such as the RDNs, as it is. */
  private static byte[] withUtf8StringsOnly(DistinguishedName name) {
    DerReader sequence = DerReader.of(name.encoded()).read(Tag.SEQUENCE);
    List<byte[]> sets = new java.util.ArrayList<>();
    while (!sequence.isEmpty()) {
      DerReader set = sequence.read(Tag.SET);
      List<byte[]> attributes = new java.util.ArrayList<>();
      while (!set.isEmpty()) {
        DerReader attribute = set.read(Tag.SEQUENCE);
        var type = attribute.readOid();
        assertThat(attribute.peekTag()).isIn(Tag.UTF8_STRING, Tag.PRINTABLE_STRING);
        String text = new String(attribute.readAny().remaining(), StandardCharsets.UTF_8);
        attributes.add(
            DerReader.of(
                    DerReader.of(
                            DistinguishedName.ofAttributes(
                                    List.of(new AttributeTypeAndValue(type, text)))
                                .encoded())
                        .read(Tag.SEQUENCE)
                        .read(Tag.SET)
                        .remaining())
                .readElement());
      }
      sets.add(wrapped(Tag.SET, attributes));
    }
    return wrapped(Tag.SEQUENCE, sets);
  }

  private static byte[] wrapped(int tag, List<byte[]> elements) {
    DerWriter writer = new DerWriter();
    int mark = writer.mark();
    for (int i = elements.size() - 1; i >= 0; i--) {
      writer.raw(elements.get(i));
    }
    return writer.wrap(tag, mark).toByteArray();
  }
}

package dev.certwright.authority;

import dev.certwright.x509.Certificate;
import dev.certwright.x509.DistinguishedName;
import dev.certwright.x509.Oids;
import dev.certwright.x509.PublicKeyInfo;
import dev.certwright.x509.SignedStructure;
import dev.certwright.x509.Validity;
import dev.certwright.x509.der.DerWriter;
import dev.certwright.x509.der.Oid;
import dev.certwright.x509.der.Tag;
import dev.certwright.x509.key.SigningKey;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * What is signed (RFC 5280 4.1.2): collects the fields of a version 3 certificate and signs them.
 * basicConstraints and keyUsage are critical, as kube-controller-manager's signer makes them (rule
 * CS-42).
 */
final class CertificateTemplate {
  private static final int NO_AUTHORITY = -1;

  private final DistinguishedName subject;
  private final PublicKeyInfo publicKey;
  private @Nullable DistinguishedName issuer;
  private @Nullable BigInteger serialNumber;
  private @Nullable Validity validity;
  private int pathLength = NO_AUTHORITY;
  private int keyUsage;
  private @Nullable Oid purpose;
  private byte @Nullable [] subjectAlternativeName;
  private byte @Nullable [] authorityKeyIdentifier;

  private CertificateTemplate(DistinguishedName subject, PublicKeyInfo publicKey) {
    this.subject = subject;
    this.publicKey = publicKey;
  }

  static CertificateTemplate of(DistinguishedName subject, PublicKeyInfo publicKey) {
    return new CertificateTemplate(subject, publicKey);
  }

  CertificateTemplate issuer(DistinguishedName name) {
    issuer = name;
    return this;
  }

  CertificateTemplate serialNumber(BigInteger number) {
    serialNumber = number;
    return this;
  }

  CertificateTemplate validity(Validity period) {
    validity = period;
    return this;
  }

  /** Makes it a CA with so many CAs allowed below it. */
  CertificateTemplate authority(int length) {
    pathLength = length;
    return this;
  }

  CertificateTemplate keyUsage(int mask) {
    keyUsage = mask;
    return this;
  }

  /** The one extended key usage. */
  CertificateTemplate purpose(Oid oid) {
    purpose = oid;
    return this;
  }

  /** The value of the subjectAltName extension. */
  CertificateTemplate subjectAlternativeName(byte[] value) {
    subjectAlternativeName = value;
    return this;
  }

  CertificateTemplate authorityKeyIdentifier(byte @Nullable [] identifier) {
    authorityKeyIdentifier = identifier;
    return this;
  }

  Certificate sign(SigningKey key) {
    if (issuer == null || serialNumber == null || validity == null) {
      throw new IllegalStateException("issuer, serial number and validity must be set");
    }
    DerWriter writer = new DerWriter();
    int tbs = writer.mark();
    extensions(writer);
    writer.raw(publicKey.encoded()).raw(subject.encoded());
    int times = writer.mark();
    writer.time(validity.notAfter()).time(validity.notBefore()).wrap(Tag.SEQUENCE, times);
    writer.raw(issuer.encoded());
    writer.raw(key.signatureAlgorithm().identifier()).integer(serialNumber);
    int version = writer.mark();
    writer.integer(2).wrap(Tag.constructed(0), version).wrap(Tag.SEQUENCE, tbs);
    return Certificate.of(SignedStructure.encode(writer.toByteArray(), key), publicKey);
  }

  /** From the last to the first, because the writer goes from back to front. */
  private void extensions(DerWriter writer) {
    int whole = writer.mark();
    if (authorityKeyIdentifier != null) {
      int value = writer.mark();
      writer.element(Tag.primitive(0), authorityKeyIdentifier).wrap(Tag.SEQUENCE, value);
      finish(writer, value, Oids.AUTHORITY_KEY_IDENTIFIER, false);
    }
    int identifier = writer.mark();
    writer.octets(publicKey.keyIdentifier());
    finish(writer, identifier, Oids.SUBJECT_KEY_IDENTIFIER, false);
    if (subjectAlternativeName != null) {
      int value = writer.mark();
      writer.raw(subjectAlternativeName);
      finish(writer, value, Oids.SUBJECT_ALTERNATIVE_NAME, false);
    }
    if (purpose != null) {
      int value = writer.mark();
      writer.oid(purpose).wrap(Tag.SEQUENCE, value);
      finish(writer, value, Oids.EXTENDED_KEY_USAGE, false);
    }
    int usage = writer.mark();
    writer.namedBits(keyUsage);
    finish(writer, usage, Oids.KEY_USAGE, true);
    int constraints = writer.mark();
    if (pathLength != NO_AUTHORITY) {
      writer.integer(pathLength).bool(true);
    }
    writer.wrap(Tag.SEQUENCE, constraints);
    finish(writer, constraints, Oids.BASIC_CONSTRAINTS, true);
    writer.wrap(Tag.SEQUENCE, whole).wrap(Tag.constructed(3), whole);
  }

  private static void finish(DerWriter writer, int mark, Oid oid, boolean critical) {
    writer.wrap(Tag.OCTET_STRING, mark);
    if (critical) {
      writer.bool(true);
    }
    writer.oid(oid).wrap(Tag.SEQUENCE, mark);
  }
}

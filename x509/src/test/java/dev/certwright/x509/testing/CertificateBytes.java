package dev.certwright.x509.testing;

import static dev.certwright.x509.testing.NameBytes.constructed;

import dev.certwright.x509.Oids;
import dev.certwright.x509.der.DerWriter;
import dev.certwright.x509.der.Oid;
import dev.certwright.x509.der.Tag;
import dev.certwright.x509.key.SigningKey;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Certificates put together from parts that may each be wrong, and signed all the same. Begins as a
 * sound version 3 certificate without extensions.
 */
public final class CertificateBytes {
  private final SigningKey key;
  private byte[] version = constructed(Tag.constructed(0), new byte[] {2, 1, 2});
  private byte[] serialNumber = {2, 1, 1};
  private byte[] innerAlgorithm;
  private byte[] outerAlgorithm;
  private byte[] issuer = NameBytes.empty().with(Oids.COMMON_NAME, "ca").encoded();
  private byte[] validity =
      constructed(Tag.SEQUENCE, utcTime("240101000000Z"), utcTime("491231235959Z"));
  private byte[] subject = NameBytes.empty().with(Oids.COMMON_NAME, "jane").encoded();
  private byte[] publicKey;
  private byte[] beforeExtensions = {};
  private final List<byte[]> extensions = new ArrayList<>();
  private byte[] afterExtensions = {};
  private byte[] afterSignature = {};

  private CertificateBytes(SigningKey key) {
    this.key = key;
    this.innerAlgorithm = key.signatureAlgorithm().identifier();
    this.outerAlgorithm = innerAlgorithm;
    this.publicKey = key.publicKey().encoded();
  }

  /** With this key in it, and signed by it. */
  public static CertificateBytes of(SigningKey key) {
    return new CertificateBytes(key);
  }

  /** The version as it is written: 0 for 1, 2 for 3. */
  public CertificateBytes version(int written) {
    version = constructed(Tag.constructed(0), new DerWriter().integer(written).toByteArray());
    return this;
  }

  /** The whole version element, or nothing for a certificate of version 1. */
  public CertificateBytes versionElement(byte[] element) {
    version = element;
    return this;
  }

  /** The contents of the serial number's INTEGER. */
  public CertificateBytes serialNumber(byte[] contents) {
    serialNumber = new DerWriter().element(Tag.INTEGER, contents).toByteArray();
    return this;
  }

  /** The AlgorithmIdentifier inside what is signed. */
  public CertificateBytes innerAlgorithm(byte[] identifier) {
    innerAlgorithm = identifier;
    return this;
  }

  /** The AlgorithmIdentifier inside and outside. */
  public CertificateBytes algorithm(byte[] identifier) {
    innerAlgorithm = identifier;
    outerAlgorithm = identifier;
    return this;
  }

  /** The issuer's name. */
  public CertificateBytes issuer(byte[] name) {
    issuer = name;
    return this;
  }

  /** The subject's name. */
  public CertificateBytes subject(byte[] name) {
    subject = name;
    return this;
  }

  /** The subject's name. */
  public CertificateBytes subject(NameBytes name) {
    return subject(name.encoded());
  }

  /** Elements inside the Validity sequence. */
  public CertificateBytes validity(byte[]... times) {
    validity = constructed(Tag.SEQUENCE, times);
    return this;
  }

  /** The SubjectPublicKeyInfo. */
  public CertificateBytes publicKey(byte[] info) {
    publicKey = info;
    return this;
  }

  /** Elements between the public key and the extensions. */
  public CertificateBytes beforeExtensions(byte[] elements) {
    beforeExtensions = elements;
    return this;
  }

  /** One more extension. */
  public CertificateBytes extension(Oid oid, boolean critical, byte[] value) {
    DerWriter writer = new DerWriter();
    int mark = writer.mark();
    writer.octets(value);
    if (critical) {
      writer.bool(true);
    }
    return extensionElement(writer.oid(oid).wrap(Tag.SEQUENCE, mark).toByteArray());
  }

  /** One more element among the extensions. */
  public CertificateBytes extensionElement(byte[] element) {
    extensions.add(element);
    return this;
  }

  /** Bytes after the extensions, still inside what is signed. */
  public CertificateBytes afterExtensions(byte[] bytes) {
    afterExtensions = bytes;
    return this;
  }

  /** Bytes after the signature, still inside the certificate. */
  public CertificateBytes afterSignature(byte[] bytes) {
    afterSignature = bytes;
    return this;
  }

  /** Signs it. */
  public byte[] encoded() {
    byte[] block =
        extensions.isEmpty()
            ? new byte[0]
            : constructed(
                Tag.constructed(3), constructed(Tag.SEQUENCE, extensions.toArray(new byte[0][])));
    byte[] toBeSigned =
        constructed(
            Tag.SEQUENCE,
            version,
            serialNumber,
            innerAlgorithm,
            issuer,
            validity,
            subject,
            publicKey,
            beforeExtensions,
            block,
            afterExtensions);
    return constructed(
        Tag.SEQUENCE,
        toBeSigned,
        outerAlgorithm,
        new DerWriter().bits(key.sign(toBeSigned)).toByteArray(),
        afterSignature);
  }

  /** A UTCTime element with this text. */
  public static byte[] utcTime(String text) {
    return new DerWriter()
        .element(Tag.UTC_TIME, text.getBytes(StandardCharsets.US_ASCII))
        .toByteArray();
  }

  /** A GeneralizedTime element with this text. */
  public static byte[] generalizedTime(String text) {
    return new DerWriter()
        .element(Tag.GENERALIZED_TIME, text.getBytes(StandardCharsets.US_ASCII))
        .toByteArray();
  }
}

package dev.certwright.x509;

import dev.certwright.x509.der.DerException;
import dev.certwright.x509.der.DerReader;
import dev.certwright.x509.der.DerWriter;
import dev.certwright.x509.der.Oid;
import dev.certwright.x509.der.Tag;
import dev.certwright.x509.key.SignatureVerification;
import dev.certwright.x509.key.SigningKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A certification request (PKCS#10, RFC 2986). */
public final class CertificateRequest {
  private final byte[] encoded;
  private final byte[] toBeSigned;
  private final DistinguishedName subject;
  private final PublicKeyInfo publicKey;
  private final List<Oid> attributes = new ArrayList<>();
  private final Extensions requestedExtensions;
  private final byte[] signatureAlgorithm;
  private final byte[] signature;

  private CertificateRequest(byte[] encoded, @Nullable PublicKeyInfo likelyKey) {
    this.encoded = encoded;
    DerReader outer = DerReader.of(encoded);
    DerReader whole = outer.read(Tag.SEQUENCE);
    outer.requireEnd("a certificate request");
    this.toBeSigned = whole.readElement();
    this.signatureAlgorithm = SignedStructure.readAlgorithmIdentifier(whole);
    this.signature = whole.readWholeByteBitString();
    whole.requireEnd("a certificate request");

    DerReader info = DerReader.of(toBeSigned).read(Tag.SEQUENCE);
    int version = info.readSmallInteger();
    if (version != 0) {
      throw new DerException("expected a certificate request of version 1, found " + (version + 1));
    }
    this.subject = DistinguishedName.read(info);
    this.publicKey = PublicKeyInfo.read(info, likelyKey);
    Extensions.Collector requested = new Extensions.Collector();
    if (info.nextIs(Tag.constructed(0))) {
      DerReader set = info.read(Tag.constructed(0));
      while (!set.isEmpty()) {
        DerReader attribute = set.read(Tag.SEQUENCE);
        Oid type = attribute.readOid();
        attributes.add(type);
        DerReader values = attribute.read(Tag.SET);
        if (type.equals(Oids.EXTENSION_REQUEST)
            || type.equals(Oids.MICROSOFT_CERTIFICATE_EXTENSIONS)) {
          requested.read(values);
        }
      }
    }
    this.requestedExtensions = requested.extensions();
  }

  /**
   * Reads one request. The proof of possession is not checked by reading.
   *
   * @param encoded DER, not copied
   * @throws DerException if it is not a request
   */
  public static CertificateRequest of(byte[] encoded) {
    return new CertificateRequest(encoded, null);
  }

  /** Makes a request for this subject, signed by the key whose certificate is wanted. */
  public static CertificateRequest create(DistinguishedName subject, SigningKey key) {
    DerWriter writer = new DerWriter();
    int info = writer.mark();
    int attributes = writer.mark();
    writer.wrap(Tag.constructed(0), attributes);
    writer.raw(key.publicKey().encoded()).raw(subject.encoded()).integer(0);
    writer.wrap(Tag.SEQUENCE, info);
    byte[] encoded = SignedStructure.encode(writer.toByteArray(), key);
    return new CertificateRequest(encoded, key.publicKey());
  }

  /** The whole DER, a copy. */
  public byte[] encoded() {
    return encoded.clone();
  }

  public DistinguishedName subject() {
    return subject;
  }

  public PublicKeyInfo publicKey() {
    return publicKey;
  }

  /** Types of all attributes, in order. */
  public List<Oid> attributes() {
    return List.copyOf(attributes);
  }

  /**
   * The extensions the requester would like to have, of all attributes that ask for some; an issuer
   * need not care (rule CS-42).
   */
  public Extensions requestedExtensions() {
    return requestedExtensions;
  }

  /** The algorithm of the signature, or null if it is none that Certwright accepts. */
  public @Nullable SignatureAlgorithm signatureAlgorithm() {
    return SignatureAlgorithm.of(signatureAlgorithm);
  }

  /** For people: the algorithm of the signature, by name or number. */
  public String signatureAlgorithmDescription() {
    SignatureAlgorithm known = signatureAlgorithm();
    return known != null
        ? known.description()
        : DerReader.of(signatureAlgorithm).read(Tag.SEQUENCE).readOid().toString();
  }

  /**
   * Whether the request was signed by the private key that belongs to its public key (RFC 2986 3).
   *
   * @return false also if the algorithm is none that Certwright accepts
   */
  public boolean provesPossession() {
    SignatureAlgorithm algorithm = signatureAlgorithm();
    return algorithm != null
        && SignatureVerification.verify(publicKey, algorithm, toBeSigned, signature);
  }

  @Override
  public String toString() {
    return "certificate request of " + subject;
  }
}

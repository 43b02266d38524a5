package dev.certwright.x509;

import dev.certwright.identity.CredentialId;
import dev.certwright.x509.der.DerException;
import dev.certwright.x509.der.DerReader;
import dev.certwright.x509.der.Oid;
import dev.certwright.x509.der.Tag;
import dev.certwright.x509.extension.ExtensionValues;
import dev.certwright.x509.key.SignatureVerification;
import dev.certwright.x509.key.SignatureVerifier;
import java.math.BigInteger;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An X.509 certificate as data (RFC 5280 4.1), with the bytes it was read from. Reading accepts and
 * refuses exactly what kube-apiserver's parser does (rules XS-04 to XS-31), which is stricter than
 * most in some places and looser in others; nothing is verified by it.
 */
public final class Certificate implements Comparable<Certificate> {
  /**
   * RFC 5280 4.1.2.2 allows 160 bits; numbers may be far longer, and long ones take long to print.
   */
  private static final int LONG_NUMBER = 512;

  private final byte[] encoded;
  private final byte[] toBeSigned;
  private final int version;
  private final BigInteger serialNumber;
  private final byte[] signatureAlgorithm;
  private final @Nullable SignatureAlgorithm knownSignatureAlgorithm;
  private final DistinguishedName issuer;
  private final Validity validity;
  private final DistinguishedName subject;
  private final PublicKeyInfo publicKey;
  private final Extensions extensions;
  private final ExtensionValues values;
  private final byte[] signature;

  private Certificate(byte[] encoded, @Nullable PublicKeyInfo likelyKey) {
    this.encoded = encoded;
    DerReader outer = DerReader.of(encoded);
    DerReader whole = outer.read(Tag.SEQUENCE);
    outer.requireEnd("a certificate");
    this.toBeSigned = whole.readElement();
    this.signatureAlgorithm = SignedStructure.readAlgorithmIdentifier(whole);
    this.signature = whole.readBitString().rightAligned();

    DerReader tbs = DerReader.of(toBeSigned).read(Tag.SEQUENCE);
    this.version = tbs.nextIs(Tag.constructed(0)) ? readVersion(tbs.read(Tag.constructed(0))) : 1;
    this.serialNumber = tbs.readInteger();
    if (serialNumber.signum() < 0) {
      throw new DerException("a certificate with a negative serial number");
    }
    if (!Arrays.equals(signatureAlgorithm, tbs.readElement())) {
      throw new DerException(
          "a certificate that names two signature algorithms, one inside and another outside");
    }
    this.knownSignatureAlgorithm = SignatureAlgorithm.of(signatureAlgorithm);
    this.issuer = DistinguishedName.readText(tbs);
    DerReader times = tbs.read(Tag.SEQUENCE);
    this.validity = new Validity(TimeReader.read(times), TimeReader.read(times));
    this.subject = DistinguishedName.readText(tbs);
    this.publicKey = PublicKeyInfo.readExactly(tbs, likelyKey);
    if (version > 1) {
      for (int number = 1; number <= 2; number++) {
        if (tbs.nextIs(Tag.primitive(number))) {
          tbs.skip();
        }
      }
    }
    this.extensions =
        version == 3 && tbs.nextIs(Tag.constructed(3))
            ? Extensions.read(tbs.read(Tag.constructed(3)))
            : Extensions.NONE;
    this.values = ExtensionValues.of(extensions.list());
  }

  private static int readVersion(DerReader reader) {
    long encoded = reader.readLong(Tag.INTEGER);
    reader.requireEnd("the version");
    if (encoded < 0 || encoded > 2) {
      throw new DerException("a certificate of version " + (encoded + 1));
    }
    return (int) encoded + 1;
  }

  /**
   * Reads one certificate.
   *
   * @param encoded DER, not copied: it must not change any more
   * @throws DerException if it is not a certificate
   */
  public static Certificate of(byte[] encoded) {
    return new Certificate(encoded, null);
  }

  /**
   * Reads one certificate, faster if it is for this key.
   *
   * @param encoded DER, not copied: it must not change any more
   * @param likelyKey whose certificate it is expected to be; any other is read all the same
   * @throws DerException if it is not a certificate
   */
  public static Certificate of(byte[] encoded, PublicKeyInfo likelyKey) {
    return new Certificate(encoded, likelyKey);
  }

  /** The whole DER, a copy. */
  public byte[] encoded() {
    return encoded.clone();
  }

  /** The part that is signed, a copy. */
  public byte[] toBeSigned() {
    return toBeSigned.clone();
  }

  /** 1, 2 or 3. */
  public int version() {
    return version;
  }

  /** Zero or more. */
  public BigInteger serialNumber() {
    return serialNumber;
  }

  /** The AlgorithmIdentifier of the signature, DER, a copy. */
  public byte[] signatureAlgorithm() {
    return signatureAlgorithm.clone();
  }

  /** The algorithm of the signature; null if it is none that kube-apiserver accepts. */
  public @Nullable SignatureAlgorithm knownSignatureAlgorithm() {
    return knownSignatureAlgorithm;
  }

  /** For people: the algorithm of the signature. */
  public String signatureAlgorithmDescription() {
    if (knownSignatureAlgorithm != null) {
      return knownSignatureAlgorithm.description();
    }
    Oid oid = DerReader.of(signatureAlgorithm).read(Tag.SEQUENCE).readOid();
    if (oid.equals(Oids.SHA1_WITH_RSA)) {
      return "RSA with SHA-1";
    } else if (oid.equals(Oids.MD5_WITH_RSA)) {
      return "RSA with MD5";
    } else if (oid.equals(Oids.ECDSA_WITH_SHA1)) {
      return "ECDSA with SHA-1";
    }
    return oid.toString();
  }

  public DistinguishedName issuer() {
    return issuer;
  }

  public Validity validity() {
    return validity;
  }

  public DistinguishedName subject() {
    return subject;
  }

  public PublicKeyInfo publicKey() {
    return publicKey;
  }

  /** Empty in certificates of versions 1 and 2 (rule XS-11). */
  public Extensions extensions() {
    return extensions;
  }

  /** What the extensions say, decoded; nothing in certificates of versions 1 and 2. */
  public ExtensionValues extensionValues() {
    return values;
  }

  /** The signature bits, a copy. */
  public byte[] signature() {
    return signature.clone();
  }

  /** SHA-256 of the DER, 32 bytes. */
  public byte[] fingerprint() {
    return Digests.sha256(encoded);
  }

  /** What kube-apiserver calls this certificate (rule X-17). */
  public CredentialId credentialId() {
    return CredentialId.ofSha256(fingerprint());
  }

  /**
   * Whether this certificate bears that CA's name as its issuer and that CA's signature. Says
   * nothing about validity or whether the other may sign.
   */
  public boolean isSignedBy(Certificate authority) {
    return issuer.equals(authority.subject)
        && knownSignatureAlgorithm != null
        && SignatureVerification.verify(
            authority.publicKey, knownSignatureAlgorithm, toBeSigned, signature);
  }

  /** Whether that key made the signature. Says nothing about names. */
  public boolean hasSignatureOf(PublicKeyInfo key, SignatureVerifier verifier) {
    return knownSignatureAlgorithm != null
        && verifier.verify(key, knownSignatureAlgorithm, toBeSigned, signature);
  }

  /** Whether subject and issuer are the same name; says nothing about the signature. */
  public boolean isSelfIssued() {
    return subject.equals(issuer);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Certificate that && Arrays.equals(encoded, that.encoded);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(encoded);
  }

  /** By the bytes. Hash codes can be made equal on purpose; with an order, tables stay fast. */
  @Override
  public int compareTo(Certificate other) {
    return Arrays.compareUnsigned(encoded, other.encoded);
  }

  @Override
  public String toString() {
    return "certificate of "
        + subject
        + ", serial "
        + (serialNumber.bitLength() <= LONG_NUMBER
            ? serialNumber
            : "of " + serialNumber.bitLength() + " bits");
  }
}

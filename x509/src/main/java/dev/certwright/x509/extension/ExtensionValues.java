package dev.certwright.x509.extension;

import dev.certwright.x509.BasicConstraints;
import dev.certwright.x509.Extension;
import dev.certwright.x509.KeyUsage;
import dev.certwright.x509.Oids;
import dev.certwright.x509.der.BitString;
import dev.certwright.x509.der.DerException;
import dev.certwright.x509.der.DerReader;
import dev.certwright.x509.der.Oid;
import dev.certwright.x509.der.Tag;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The decoded extensions of one certificate. */
public final class ExtensionValues {
  private static final byte[] NO_BYTES = {};
  private static final int KEY_USAGE_BITS = 9;

  /** Of a certificate without extensions. */
  public static final ExtensionValues NONE = new ExtensionValues();

  private int keyUsage;
  private @Nullable BasicConstraints basicConstraints;
  private @Nullable GeneralNames alternativeNames;
  private byte[] alternativeNamesValue = NO_BYTES;
  private @Nullable NameConstraints nameConstraints;
  private byte[] subjectKeyIdentifier = NO_BYTES;
  private byte[] authorityKeyIdentifier = NO_BYTES;
  private List<Oid> purposes = List.of();
  private PolicyValues policies = PolicyValues.NONE;
  private List<Oid> unhandledCritical = List.of();

  private ExtensionValues() {}

  /**
   * Decodes them all.
   *
   * @param list no type occurs twice
   * @throws DerException if kube-apiserver's parser would refuse one of them
   */
  public static ExtensionValues of(List<Extension> list) {
    if (list.isEmpty()) {
      return NONE;
    }
    ExtensionValues values = new ExtensionValues();
    for (Extension extension : list) {
      boolean handled = values.read(extension.oid(), extension);
      if (!handled && extension.critical()) {
        if (values.unhandledCritical.isEmpty()) {
          values.unhandledCritical = new ArrayList<>();
        }
        values.unhandledCritical.add(extension.oid());
      }
    }
    return values;
  }

  /** Returns whether whoever demands the extension to be understood can be content. */
  private boolean read(Oid oid, Extension extension) {
    byte[] value = extension.value();
    if (oid.equals(Oids.KEY_USAGE)) {
      keyUsage = readKeyUsage(value);
    } else if (oid.equals(Oids.BASIC_CONSTRAINTS)) {
      basicConstraints = BasicConstraints.of(value);
    } else if (oid.equals(Oids.SUBJECT_ALTERNATIVE_NAME)) {
      GeneralNames names = GeneralNames.read(value);
      alternativeNames = names;
      alternativeNamesValue = value;
      return !names.isEmpty();
    } else if (oid.equals(Oids.NAME_CONSTRAINTS)) {
      NameConstraints constraints = NameConstraints.read(value);
      nameConstraints = constraints;
      return !constraints.hasUnknownKinds();
    } else if (oid.equals(Oids.EXTENDED_KEY_USAGE)) {
      purposes = readPurposes(value);
    } else if (oid.equals(Oids.SUBJECT_KEY_IDENTIFIER)) {
      requireNotCritical(extension, "the subject key identifier");
      subjectKeyIdentifier = DerReader.of(value).readOctetString();
    } else if (oid.equals(Oids.AUTHORITY_KEY_IDENTIFIER)) {
      requireNotCritical(extension, "the authority key identifier");
      DerReader sequence = DerReader.of(value).read(Tag.SEQUENCE);
      if (sequence.nextIs(Tag.primitive(0))) {
        authorityKeyIdentifier = sequence.readAny().remaining();
      }
    } else if (oid.equals(Oids.CERTIFICATE_POLICIES)) {
      policies = policies.withPolicies(value);
    } else if (oid.equals(Oids.POLICY_MAPPINGS)) {
      policies = policies.withMappings(value);
    } else if (oid.equals(Oids.POLICY_CONSTRAINTS)) {
      policies = policies.withConstraints(value);
    } else if (oid.equals(Oids.INHIBIT_ANY_POLICY)) {
      policies = policies.withInhibitAnyPolicy(value);
    } else if (oid.equals(Oids.CRL_DISTRIBUTION_POINTS)) {
      checkDistributionPoints(value);
    } else if (oid.equals(Oids.AUTHORITY_INFO_ACCESS)) {
      requireNotCritical(extension, "the authority information access");
      checkAccessDescriptions(value);
    } else {
      return false;
    }
    return true;
  }

  private static void requireNotCritical(Extension extension, String what) {
    if (extension.critical()) {
      throw new DerException(what + " is marked critical, which RFC 5280 forbids (rule XS-31)");
    }
  }

  private static int readKeyUsage(byte[] value) {
    BitString bits = DerReader.of(value).readBitString();
    int usage = 0;
    for (int i = 0; i < KEY_USAGE_BITS; i++) {
      if (bits.bit(i)) {
        usage |= 0x80000000 >>> i;
      }
    }
    return usage;
  }

  private static List<Oid> readPurposes(byte[] value) {
    List<Oid> list = new ArrayList<>();
    DerReader sequence = DerReader.of(value).read(Tag.SEQUENCE);
    while (!sequence.isEmpty()) {
      list.add(sequence.readOid());
    }
    return list;
  }

  /** Nothing of it is used; upstream refuses certificates in which it is malformed. */
  private static void checkDistributionPoints(byte[] value) {
    DerReader points = DerReader.of(value).read(Tag.SEQUENCE);
    while (!points.isEmpty()) {
      DerReader point = points.read(Tag.SEQUENCE);
      if (point.nextIs(Tag.constructed(0))) {
        DerReader names = point.read(Tag.constructed(0)).read(Tag.constructed(0));
        while (names.nextIs(GeneralNames.URI)) {
          names.skip();
        }
      }
    }
  }

  private static void checkAccessDescriptions(byte[] value) {
    DerReader descriptions = DerReader.of(value).read(Tag.SEQUENCE);
    while (!descriptions.isEmpty()) {
      DerReader description = descriptions.read(Tag.SEQUENCE);
      description.readOid();
      if (description.nextIs(GeneralNames.URI)) {
        description.skip();
      }
    }
  }

  /** Whether a CA with this key usage may sign certificates; an empty one forbids nothing. */
  public boolean allowsSigningCertificates() {
    return keyUsage == 0 || (keyUsage & KeyUsage.KEY_CERT_SIGN.mask()) != 0;
  }

  /** basicConstraints, or null if absent. */
  public @Nullable BasicConstraints basicConstraints() {
    return basicConstraints;
  }

  /** The subject alternative names, or null if the extension is absent. */
  public @Nullable GeneralNames alternativeNames() {
    return alternativeNames;
  }

  /** The DER of the subject alternative names, not copied; empty if absent. */
  public byte[] alternativeNamesValue() {
    return alternativeNamesValue;
  }

  /** The name constraints, or null if the extension is absent. */
  public @Nullable NameConstraints nameConstraints() {
    return nameConstraints;
  }

  /** The subject key identifier, not copied; empty if absent. */
  public byte[] subjectKeyIdentifier() {
    return subjectKeyIdentifier;
  }

  /** The keyIdentifier of the issuer, not copied; empty if absent. */
  public byte[] authorityKeyIdentifier() {
    return authorityKeyIdentifier;
  }

  /** The extended key usages; empty if there are none or no such extension. */
  public List<Oid> purposes() {
    return purposes;
  }

  /** What is said about policies. */
  public PolicyValues policies() {
    return policies;
  }

  /** Critical extensions that kube-apiserver does not understand. */
  public List<Oid> unhandledCritical() {
    return unhandledCritical;
  }
}

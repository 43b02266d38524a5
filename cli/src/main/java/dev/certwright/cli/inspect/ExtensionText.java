package dev.certwright.cli.inspect;

import dev.certwright.x509.BasicConstraints;
import dev.certwright.x509.Extension;
import dev.certwright.x509.Extensions;
import dev.certwright.x509.KeyUsage;
import dev.certwright.x509.Oids;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.der.Oid;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** Extensions in words. */
final class ExtensionText {
  private ExtensionText() {}

  static String of(Extension extension) {
    String text;
    try {
      text = describe(extension);
    } catch (X509Exception malformed) {
      text = name(extension.oid()) + ": damaged (" + malformed.getMessage() + ")";
    }
    return extension.critical() ? text + " (critical)" : text;
  }

  private static String describe(Extension extension) {
    Extensions one = new Extensions(List.of(extension));
    Oid oid = extension.oid();
    if (oid.equals(Oids.BASIC_CONSTRAINTS)) {
      BasicConstraints constraints = one.basicConstraints();
      if (constraints == null || !constraints.ca()) {
        return "basicConstraints: not a CA";
      }
      return "basicConstraints: a CA"
          + (constraints.pathLength() < 0 ? "" : ", pathLen " + constraints.pathLength());
    } else if (oid.equals(Oids.KEY_USAGE)) {
      Set<KeyUsage> usage = one.keyUsage();
      return "keyUsage: " + String.join(", ", KeyUsage.names(usage == null ? Set.of() : usage));
    } else if (oid.equals(Oids.EXTENDED_KEY_USAGE)) {
      List<String> names = new ArrayList<>();
      List<Oid> purposes = one.extendedKeyUsage();
      for (Oid purpose : purposes == null ? List.<Oid>of() : purposes) {
        names.add(purpose(purpose));
      }
      return "extendedKeyUsage: " + String.join(", ", names);
    } else if (oid.equals(Oids.SUBJECT_KEY_IDENTIFIER)) {
      return "subjectKeyIdentifier: " + hex(one.subjectKeyIdentifier());
    } else if (oid.equals(Oids.AUTHORITY_KEY_IDENTIFIER)) {
      return "authorityKeyIdentifier: " + hex(one.authorityKeyIdentifier());
    }
    return name(oid) + ": " + extension.value().length + " bytes";
  }

  private static String hex(byte @org.jspecify.annotations.Nullable [] bytes) {
    return bytes == null ? "(other form)" : HexFormat.of().formatHex(bytes);
  }

  private static String purpose(Oid oid) {
    if (oid.equals(Oids.CLIENT_AUTH)) {
      return "clientAuth";
    } else if (oid.equals(Oids.SERVER_AUTH)) {
      return "serverAuth";
    } else if (oid.equals(Oids.ANY_EXTENDED_KEY_USAGE)) {
      return "any";
    }
    return oid.toString();
  }

  private static String name(Oid oid) {
    if (oid.equals(Oids.SUBJECT_ALTERNATIVE_NAME)) {
      return "subjectAltName";
    } else if (oid.equals(Oids.NAME_CONSTRAINTS)) {
      return "nameConstraints";
    } else if (oid.equals(Oids.CERTIFICATE_POLICIES)) {
      return "certificatePolicies";
    } else if (oid.equals(Oids.CRL_DISTRIBUTION_POINTS)) {
      return "cRLDistributionPoints";
    } else if (oid.equals(Oids.AUTHORITY_INFO_ACCESS)) {
      return "authorityInfoAccess";
    } else if (oid.equals(Oids.BASIC_CONSTRAINTS)) {
      return "basicConstraints";
    } else if (oid.equals(Oids.KEY_USAGE)) {
      return "keyUsage";
    } else if (oid.equals(Oids.EXTENDED_KEY_USAGE)) {
      return "extendedKeyUsage";
    }
    return oid.toString();
  }
}

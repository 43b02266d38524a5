package dev.certwright.x509.chain;

import dev.certwright.x509.Certificate;
import dev.certwright.x509.DistinguishedName;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Certificates by the bytes of their subject; each counts once (rules GV-03, GV-32). */
final class CertificatePool {
  static final CertificatePool EMPTY = new CertificatePool(List.of());

  private final LinkedHashSet<Certificate> all;
  private final Map<DistinguishedName, List<Certificate>> bySubject = new HashMap<>();

  CertificatePool(Collection<Certificate> certificates) {
    this.all = new LinkedHashSet<>(certificates);
    for (Certificate certificate : all) {
      bySubject
          .computeIfAbsent(certificate.subject(), unused -> new ArrayList<>(1))
          .add(certificate);
    }
  }

  Collection<Certificate> all() {
    return all;
  }

  boolean contains(Certificate certificate) {
    return all.contains(certificate);
  }

  List<Certificate> called(DistinguishedName subject) {
    return bySubject.getOrDefault(subject, List.of());
  }

  /**
   * Certificates that bear the name of this one's issuer. Key identifiers only put them in order:
   * equal ones first (two absent ones are equal), then those where one of the two is absent, then
   * different ones (rule GV-04).
   */
  List<Certificate> issuersOf(Certificate child) {
    List<Certificate> named = called(child.issuer());
    if (named.size() < 2) {
      return named;
    }
    byte[] wanted = child.extensionValues().authorityKeyIdentifier();
    List<Certificate> ordered = new ArrayList<>(named.size());
    for (int rank = 0; rank < 3; rank++) {
      for (Certificate candidate : named) {
        if (rank == rank(candidate.extensionValues().subjectKeyIdentifier(), wanted)) {
          ordered.add(candidate);
        }
      }
    }
    return ordered;
  }

  private static int rank(byte[] own, byte[] wanted) {
    if (Arrays.equals(own, wanted)) {
      return 0;
    }
    return own.length == 0 || wanted.length == 0 ? 1 : 2;
  }
}

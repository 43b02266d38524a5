package dev.certwright.x509.chain;

import dev.certwright.x509.Certificate;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is looked at before any chain (rule GV-01). */
final class LeafCheck {
  private LeafCheck() {}

  static @Nullable Refusal refusal(Certificate leaf, Instant time) {
    if (!leaf.extensionValues().unhandledCritical().isEmpty()) {
      return CertificateRefusal.criticalExtension(leaf, Reason.CRITICAL_EXTENSION);
    } else if (time.isBefore(leaf.validity().notBefore())) {
      return CertificateRefusal.time(leaf, time, Reason.NOT_YET_VALID);
    } else if (time.isAfter(leaf.validity().notAfter())) {
      return CertificateRefusal.time(leaf, time, Reason.EXPIRED);
    }
    return null;
  }
}

package dev.certwright.x509.chain;

import dev.certwright.x509.Certificate;
import dev.certwright.x509.PublicKeyInfo;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the TLS layer demands of a client's certificates before it asks who that is (rule X-03). */
final class PresentedCertificates {
  private static final int MAXIMUM_RSA_BITS = 8192;

  private PresentedCertificates() {}

  static @Nullable Refusal refusal(List<Certificate> presented) {
    if (presented.isEmpty()) {
      return PresentedRefusal.nothingPresented();
    }
    for (Certificate certificate : presented) {
      if (certificate.publicKey().modulus().bitLength() > MAXIMUM_RSA_BITS) {
        return PresentedRefusal.keyTooLarge(certificate);
      }
    }
    Certificate leaf = presented.get(0);
    return leaf.publicKey().family() == PublicKeyInfo.Family.OTHER
        ? PresentedRefusal.keyType(leaf)
        : null;
  }
}

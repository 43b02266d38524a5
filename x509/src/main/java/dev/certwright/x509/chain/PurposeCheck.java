package dev.certwright.x509.chain;

import dev.certwright.x509.Certificate;
import dev.certwright.x509.Oids;
import dev.certwright.x509.der.Oid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Extended key usages narrow down along the chain, trusted CA included: every certificate that
 * lists any must list clientAuth or anyExtendedKeyUsage (rules GV-07 to GV-10, XS-34).
 */
final class PurposeCheck {
  private PurposeCheck() {}

  /** The certificate nearest to the CA that is not for clients, or null. */
  static @Nullable Certificate firstNotForClients(List<Certificate> chain) {
    for (int i = chain.size() - 1; i >= 0; i--) {
      List<Oid> purposes = chain.get(i).extensionValues().purposes();
      if (!purposes.isEmpty()
          && !purposes.contains(Oids.CLIENT_AUTH)
          && !purposes.contains(Oids.ANY_EXTENDED_KEY_USAGE)) {
        return chain.get(i);
      }
    }
    return null;
  }
}

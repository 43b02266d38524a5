package dev.certwright.x509.chain;

import dev.certwright.identity.Identity;
import dev.certwright.x509.Certificate;
import java.util.List;

/** The answer to the question who a client is. */
public sealed interface ClientVerdict {

  /**
   * Let in.
   *
   * @param identity as the certificate gives it, without {@code system:authenticated}
   * @param chain through which: from the leaf to a trusted CA
   */
  record Accepted(Identity identity, List<Certificate> chain) implements ClientVerdict {
    public Accepted {
      chain = List.copyOf(chain);
    }
  }

  /**
   * Not let in, or not by this certificate.
   *
   * @param refusal why
   */
  record Refused(Refusal refusal) implements ClientVerdict {}
}

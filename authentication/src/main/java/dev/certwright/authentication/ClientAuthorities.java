package dev.certwright.authentication;

import dev.certwright.x509.chain.TrustAnchors;
import org.jspecify.annotations.Nullable;

/** The CAs trusted for client certificates, which may change while a server runs. */
public interface ClientAuthorities {

  /**
   * Those that count now; the same object as long as they have not changed. Cheap enough to be
   * called for every request.
   *
   * @return null if none are known yet, which is no opinion and not a refusal (rule X-06)
   */
  @Nullable TrustAnchors current();
}

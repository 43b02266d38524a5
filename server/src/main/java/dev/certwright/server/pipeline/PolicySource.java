package dev.certwright.server.pipeline;

import dev.certwright.rbac.Policy;
import org.jspecify.annotations.Nullable;

/** The RBAC policy, which may change while the server runs. */
public interface PolicySource {

  /**
   * The one that counts now.
   *
   * @return null before the first is loaded: nothing is allowed then
   */
  @Nullable Policy current();
}

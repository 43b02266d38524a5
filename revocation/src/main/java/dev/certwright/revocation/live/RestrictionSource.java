package dev.certwright.revocation.live;

import org.jspecify.annotations.Nullable;

/** Who is refused, which may change while a server runs. Safe for use by several threads. */
@FunctionalInterface
public interface RestrictionSource {
  /** Nobody is ever refused: for servers that follow no ledger. */
  RestrictionSource NONE = () -> RestrictedAccess.EMPTY;

  /**
   * What holds now.
   *
   * @return null before it is known: nothing may be allowed then
   */
  @Nullable RestrictedAccess current();
}

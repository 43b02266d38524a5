package dev.certwright.oidc.provider;

import dev.certwright.oidc.token.SignedToken;
import org.jspecify.annotations.Nullable;

/** The keys of one issuer. Safe for use by several threads; never waits. */
public interface KeySource {

  /** Whether a token is signed by one of them. */
  SignatureAnswer check(SignedToken token);

  /** Begins to fetch them, where they have to be fetched. */
  default void prepare() {}

  /** Those that are in force; null if none are known yet. The same object until they change. */
  @Nullable KeyList current();
}

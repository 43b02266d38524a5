package dev.certwright.authentication.token;

import dev.certwright.authentication.Authentication;

/**
 * One kind of bearer token: static ones, those of an identity provider, and so on. Safe for use by
 * several threads.
 */
public interface TokenAuthenticator {

  /**
   * Whose token it is. One that is not of this kind, or not known, is {@link
   * Authentication.NoOpinion}: another kind may know it. A failure must not say the token.
   *
   * @param token never empty
   */
  Authentication authenticate(String token);
}

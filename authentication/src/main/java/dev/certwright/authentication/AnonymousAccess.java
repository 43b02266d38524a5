package dev.certwright.authentication;

import dev.certwright.identity.Identity;
import java.util.List;

/** Who shows no credentials is {@code system:anonymous} (rule A-01). */
public final class AnonymousAccess implements Authenticator {
  private static final Authentication ANONYMOUS =
      new Authentication.Authenticated(
          Identity.of(Identity.ANONYMOUS_USER, List.of(Identity.UNAUTHENTICATED_GROUP)));

  @Override
  public Authentication authenticate(ClientRequest request) {
    return ANONYMOUS;
  }
}

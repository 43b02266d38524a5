package dev.certwright.authentication;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Authenticators in order, as kube-apiserver joins them: the first that knows the client counts,
 * errors of the others do not stop it, and anonymous access is for those alone who showed no
 * credential at all (rules U-01 to U-05).
 */
public final class AuthenticatorChain implements Authenticator {
  private final List<Authenticator> authenticators;
  private final @Nullable Authenticator anonymous;

  private AuthenticatorChain(
      List<Authenticator> authenticators, @Nullable Authenticator anonymous) {
    this.authenticators = List.copyOf(authenticators);
    this.anonymous = anonymous;
  }

  /** Clients without credentials are refused. */
  public static AuthenticatorChain of(List<? extends Authenticator> authenticators) {
    return new AuthenticatorChain(new ArrayList<>(authenticators), null);
  }

  /** Clients without credentials are asked of this one as well. */
  public AuthenticatorChain orElse(Authenticator forThoseWithoutCredentials) {
    return new AuthenticatorChain(authenticators, forThoseWithoutCredentials);
  }

  @Override
  public Authentication authenticate(ClientRequest request) {
    Set<String> reasons = null;
    for (Authenticator authenticator : authenticators) {
      Authentication answer = authenticator.authenticate(request);
      if (answer instanceof Authentication.Authenticated known) {
        return new Authentication.Authenticated(known.identity().withAuthenticatedGroup());
      }
      if (answer instanceof Authentication.Failed failed) {
        reasons = reasons == null ? new LinkedHashSet<>() : reasons;
        reasons.add(failed.reason());
      }
    }
    if (reasons != null) {
      return new Authentication.Failed(
          reasons.size() == 1 ? reasons.iterator().next() : "[" + String.join(", ", reasons) + "]");
    }
    return anonymous == null ? new Authentication.NoOpinion() : anonymous.authenticate(request);
  }
}

package dev.certwright.authentication;

import java.util.ArrayList;
import java.util.List;
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
    FailureReasons reasons = new FailureReasons();
    for (Authenticator authenticator : authenticators) {
      Authentication answer = authenticator.authenticate(request);
      if (answer instanceof Authentication.Authenticated known) {
        return new Authentication.Authenticated(known.identity().withAuthenticatedGroup());
      }
      if (answer instanceof Authentication.Later) {
        return answer;
      }
      reasons.add(answer);
    }
    Authentication refused = reasons.answer();
    return anonymous == null || refused instanceof Authentication.Failed
        ? refused
        : anonymous.authenticate(request);
  }
}

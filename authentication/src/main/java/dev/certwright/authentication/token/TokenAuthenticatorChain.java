package dev.certwright.authentication.token;

import dev.certwright.authentication.Authentication;
import dev.certwright.authentication.FailureReasons;
import java.util.ArrayList;
import java.util.List;

/**
 * Kinds of tokens in order, as kube-apiserver joins them: the first that knows a token counts, also
 * after failures of others (rules U-01, U-02, U-05).
 */
public final class TokenAuthenticatorChain implements TokenAuthenticator {
  private final List<TokenAuthenticator> authenticators;

  private TokenAuthenticatorChain(List<TokenAuthenticator> authenticators) {
    this.authenticators = authenticators;
  }

  /** These, in this order. */
  public static TokenAuthenticatorChain of(List<? extends TokenAuthenticator> authenticators) {
    return new TokenAuthenticatorChain(List.copyOf(new ArrayList<>(authenticators)));
  }

  @Override
  public Authentication authenticate(String token) {
    FailureReasons reasons = new FailureReasons();
    for (TokenAuthenticator authenticator : authenticators) {
      Authentication answer = authenticator.authenticate(token);
      if (answer instanceof Authentication.Authenticated
          || answer instanceof Authentication.Later) {
        return answer;
      }
      reasons.add(answer);
    }
    return reasons.answer();
  }
}

package dev.certwright.authentication.token;

import dev.certwright.authentication.Authentication;
import dev.certwright.authentication.Authenticator;
import dev.certwright.authentication.ClientRequest;
import dev.certwright.authentication.GoSpaces;

/** {@code Authorization: Bearer TOKEN} (rules B-01 to B-06). */
public final class BearerTokenAuthenticator implements Authenticator {
  static final Authentication INVALID = new Authentication.Failed("invalid bearer token");

  private static final String EXTRA_SPACE =
      "the provided Authorization header contains extra space before the bearer token, and is"
          + " ignored";

  private final TokenAuthenticator tokens;

  /** Tokens of these kinds. */
  public BearerTokenAuthenticator(TokenAuthenticator tokens) {
    this.tokens = tokens;
  }

  @Override
  public Authentication authenticate(ClientRequest request) {
    String token = token(request);
    return token.isEmpty() ? new Authentication.NoOpinion() : known(tokens.authenticate(token));
  }

  /** A token that nobody knows is no good; it was meant for somebody (rule B-04). */
  static Authentication known(Authentication answer) {
    return answer instanceof Authentication.NoOpinion ? INVALID : answer;
  }

  /**
   * The token that a request carries.
   *
   * @return empty if there is none
   */
  public static String token(ClientRequest request) {
    String value = GoSpaces.trim(request.header("Authorization"));
    int space = value.indexOf(' ');
    if (space < 0 || !value.substring(0, space).equalsIgnoreCase("bearer")) {
      return "";
    }
    int end = value.indexOf(' ', space + 1);
    return end < 0 ? value.substring(space + 1) : value.substring(space + 1, end);
  }

  /**
   * What the client is told in a {@code Warning} header, whoever it turns out to be (rule B-03).
   *
   * @return empty if nothing
   */
  public static String warning(ClientRequest request) {
    String value = GoSpaces.trim(request.header("Authorization"));
    return value.regionMatches(true, 0, "bearer  ", 0, 8) ? EXTRA_SPACE : "";
  }
}

package dev.certwright.authentication.password;

import dev.certwright.authentication.Authentication;
import dev.certwright.authentication.Authenticator;
import dev.certwright.authentication.ClientRequest;

/** {@code Authorization: Basic ...} against a password file (rule PW-02). */
public final class BasicAuthenticator implements Authenticator {
  private final PasswordFile passwords;

  /** Against these. */
  public BasicAuthenticator(PasswordFile passwords) {
    this.passwords = passwords;
  }

  @Override
  public Authentication authenticate(ClientRequest request) {
    BasicCredentials shown = BasicCredentials.of(request.header("Authorization"));
    return shown == null
        ? new Authentication.NoOpinion()
        : passwords.current().authenticate(shown.name(), shown.password());
  }
}

package dev.certwright.authentication;

import dev.certwright.identity.Identity;
import java.util.concurrent.CompletionStage;

/** What one authenticator says of a client. */
public sealed interface Authentication {

  /**
   * It is this one.
   *
   * @param identity as the credential gives it; {@code system:authenticated} is added by whoever
   *     joins the authenticators (rule X-21)
   */
  record Authenticated(Identity identity) implements Authentication {}

  /** There is no credential that this authenticator knows; the next one decides. */
  record NoOpinion() implements Authentication {}

  /**
   * There is a credential and it is no good. The client is told nothing of it.
   *
   * @param reason for the log of the operator, one line
   */
  record Failed(String reason) implements Authentication {}

  /**
   * It cannot be said before something outside has answered, such as the keys of an issuer that has
   * changed them. Whoever asked asks again then, and may not wait for it on a thread that serves
   * others.
   *
   * @param ready done, in whatever way, when it is time to ask again; bounded in time
   */
  record Later(CompletionStage<?> ready) implements Authentication {}
}

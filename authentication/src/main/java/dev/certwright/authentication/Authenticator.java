package dev.certwright.authentication;

/**
 * One way of finding out who sends a request: client certificates, tokens, and so on. Called for
 * every request, on the thread that serves its connection: it must not wait for anything outside.
 * Safe for use by several threads.
 */
public interface Authenticator {

  /** Judges what a client showed. */
  Authentication authenticate(ClientRequest request);
}

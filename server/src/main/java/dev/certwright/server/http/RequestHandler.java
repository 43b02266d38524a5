package dev.certwright.server.http;

/** What requests are for. Called on the thread of the connection; must not wait. */
public interface RequestHandler {

  /** The head of a request has come. */
  Exchange begin(Request request);

  /**
   * A request that is none: its head cannot be read.
   *
   * @param status 400 or 431
   */
  Response malformed(int status);
}

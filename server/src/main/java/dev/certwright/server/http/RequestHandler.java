package dev.certwright.server.http;

/** What requests are for. Called on the thread of the connection; must not wait. */
public interface RequestHandler {

  /** The head of a request has come. */
  Exchange begin(Request request);

  /**
   * A request that is none: its head cannot be read, or is not one that servers take.
   *
   * @param status 400, 417, 431 or 505
   * @param text the status in words, and why
   */
  Response malformed(int status, String text);
}

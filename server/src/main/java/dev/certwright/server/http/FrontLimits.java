package dev.certwright.server.http;

import java.time.Duration;

/**
 * Bounds on what clients may make the server hold.
 *
 * @param connections open at once; further ones are closed at once
 * @param requestLine bytes of method and target
 * @param headers bytes of all headers of a request
 * @param bodies bytes of all bodies that are being received at once
 * @param answers bytes of all answers that are sent and not taken; for more, who was first is cut
 *     off
 * @param streams requests of one HTTP/2 connection at once
 * @param handshake how long TLS may take
 * @param head how long a head may take to come, from its first byte
 * @param body how long a body may take to come, and an answer to be taken
 * @param idle how long a connection may do nothing
 */
public record FrontLimits(
    int connections,
    int requestLine,
    int headers,
    long bodies,
    long answers,
    int streams,
    Duration handshake,
    Duration head,
    Duration body,
    Duration idle) {

  /** What fits a heap of 256 MB. */
  public static final FrontLimits DEFAULT =
      new FrontLimits(
          20_000,
          16 << 10,
          64 << 10,
          48L << 20,
          Math.max(16L << 20, Runtime.getRuntime().maxMemory() / 8),
          100,
          Duration.ofSeconds(10),
          Duration.ofSeconds(32),
          Duration.ofSeconds(60),
          Duration.ofSeconds(90));

  /** The same with another number of connections. */
  public FrontLimits withConnections(int count) {
    return new FrontLimits(
        count, requestLine, headers, bodies, answers, streams, handshake, head, body, idle);
  }

  /** The same with room for other answers. */
  public FrontLimits withAnswers(long bytes) {
    return new FrontLimits(
        connections, requestLine, headers, bodies, bytes, streams, handshake, head, body, idle);
  }

  /** The same with other times. */
  public FrontLimits withTimes(Duration forHead, Duration forBody, Duration forIdle) {
    return new FrontLimits(
        connections,
        requestLine,
        headers,
        bodies,
        answers,
        streams,
        handshake,
        forHead,
        forBody,
        forIdle);
  }
}

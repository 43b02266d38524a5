package dev.certwright.server.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An answer: whole, or a stream that goes on. Immutable. */
public final class Response {
  private static final byte[] NOTHING = {};

  private final int status;
  private final String contentType;
  private final List<Header> headers;
  private final byte[] body;
  private final @Nullable ResponseStream stream;
  private final boolean closing;

  private Response(
      int status,
      String contentType,
      List<Header> headers,
      byte[] body,
      @Nullable ResponseStream stream,
      boolean closing) {
    this.status = status;
    this.contentType = contentType;
    this.headers = headers;
    this.body = body;
    this.stream = stream;
    this.closing = closing;
  }

  /**
   * A whole answer.
   *
   * @param body not copied, must not change any more
   */
  public static Response of(int status, String contentType, byte[] body) {
    return new Response(status, contentType, List.of(), body, null, false);
  }

  /** Plain text, which no browser takes for anything else. */
  public static Response text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", text.getBytes(StandardCharsets.UTF_8))
        .with("X-Content-Type-Options", "nosniff");
  }

  /** An answer without end, until the stream or the client ends it. */
  public static Response streaming(String contentType, ResponseStream stream) {
    return new Response(200, contentType, List.of(), NOTHING, stream, false);
  }

  /** The same with one header more. */
  public Response with(String name, String value) {
    List<Header> more = new ArrayList<>(headers);
    more.add(new Header(name, value));
    return new Response(status, contentType, List.copyOf(more), body, stream, closing);
  }

  /** The same, after which the connection takes no further request. */
  public Response closing() {
    return new Response(status, contentType, headers, body, stream, true);
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** Media type, empty if there is no body. */
  public String contentType() {
    return contentType;
  }

  /** All further headers. */
  public List<Header> headers() {
    return headers;
  }

  /** The whole body; empty of a stream. Not to be changed. */
  public byte[] body() {
    return body;
  }

  /** What goes on, null of a whole answer. */
  public @Nullable ResponseStream stream() {
    return stream;
  }

  /** Whether the connection ends with it. */
  public boolean isClosing() {
    return closing;
  }
}

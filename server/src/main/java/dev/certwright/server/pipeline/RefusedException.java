package dev.certwright.server.pipeline;

import dev.certwright.server.http.Response;

/** A refusal that is an answer already. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Response response;

  /** Refuses with this answer. */
  public RefusedException(Response response) {
    this.response = response;
  }

  /** The answer. */
  public Response response() {
    return response;
  }
}

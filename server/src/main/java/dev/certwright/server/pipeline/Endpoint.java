package dev.certwright.server.pipeline;

import dev.certwright.server.http.Response;

/**
 * Answers requests that were let through, on the thread of their connection: it must not wait for
 * anything outside. Safe for use by several threads.
 */
public interface Endpoint {

  /** Whether the body is read before it answers. */
  default boolean readsBody() {
    return false;
  }

  /** Answers. */
  Response answer(Call call);
}

package dev.certwright.server.review;

import dev.certwright.server.http.Response;
import dev.certwright.server.pipeline.Call;
import dev.certwright.server.pipeline.Endpoint;
import dev.certwright.server.pipeline.RefusedException;

/** Answers a review that is posted to it. */
interface ReviewEndpoint extends Endpoint {

  /**
   * Reads the body of a call.
   *
   * @throws RefusedException if it is no review of this kind
   */
  ReviewObject read(Call call);

  /**
   * Answers it.
   *
   * @throws RefusedException if that cannot be
   */
  Response answer(Call call, ReviewObject review);

  @Override
  default boolean readsBody() {
    return true;
  }

  @Override
  default Response answer(Call call) {
    try {
      return answer(call, read(call));
    } catch (RefusedException refused) {
      return refused.response();
    }
  }
}

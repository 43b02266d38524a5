package dev.certwright.server.review;

import dev.certwright.server.http.Response;
import dev.certwright.server.pipeline.Call;
import dev.certwright.server.pipeline.RefusedException;
import dev.certwright.server.pipeline.StatusObject;
import dev.certwright.yaml.YamlMapping;
import java.util.List;

/** TokenReview: whose token is this (rules TR-01 to TR-05). */
record TokenReview(TokenStatus tokens) implements ReviewEndpoint {
  static final String KIND = "TokenReview";
  private static final String NO_TOKEN = "token is required for TokenReview in authentication";

  @Override
  public ReviewObject read(Call call) {
    return read(call, ReviewRoutes.VERSIONS);
  }

  @Override
  public Response answer(Call call, ReviewObject review) {
    return call.created(
        review.with(
            AccessReview.metadata(review.metadata(), ""),
            review.spec(),
            status(call, review, tokens)));
  }

  /** Reads a review that has a token. */
  static ReviewObject read(Call call, List<String> versions) {
    ReviewObject review = ReviewObject.read(call, ReviewRoutes.AUTHENTICATION, versions, KIND);
    if (ReviewObject.text(review.spec(), "token").isEmpty()) {
      throw new RefusedException(call.answer(400, StatusObject.badRequest(NO_TOKEN)));
    }
    return review;
  }

  static YamlMapping status(Call call, ReviewObject review, TokenStatus tokens) {
    return tokens.of(
        ReviewObject.text(review.spec(), "token"),
        ReviewObject.texts(review.spec(), "audiences"),
        call.mayWait());
  }
}

package dev.certwright.server.review;

import dev.certwright.server.pipeline.Call;
import dev.certwright.yaml.YamlMapping;

/**
 * The authentication webhook of a kube-apiserver. The token is never in the answer; one that nobody
 * knows is an answer and no error.
 */
record TokenWebhook(TokenStatus tokens) implements Webhook {

  @Override
  public ReviewObject read(Call call) {
    return TokenReview.read(call, VERSIONS);
  }

  @Override
  public YamlMapping status(Call call, ReviewObject review) {
    return TokenReview.status(call, review, tokens);
  }
}

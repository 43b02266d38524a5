package dev.certwright.server.review;

import dev.certwright.server.pipeline.Verdict;
import dev.certwright.yaml.YamlMapping;

/** The {@code status} that a verdict becomes (rules SR-15, SR-16). */
final class AccessStatus {
  private AccessStatus() {}

  static YamlMapping of(Verdict verdict, String evaluationError) {
    YamlMapping.Builder status = YamlMapping.builder().put("allowed", verdict.isAllowed());
    if (verdict.outcome() == Verdict.Outcome.DENY) {
      status.put("denied", true);
    }
    if (!verdict.reason().isEmpty()) {
      status.put("reason", verdict.reason());
    }
    String error = verdict.error();
    if (!evaluationError.isEmpty()) {
      error = error.isEmpty() ? evaluationError : error + "; " + evaluationError;
    }
    if (!error.isEmpty()) {
      status.put("evaluationError", error);
    }
    return status.build();
  }
}

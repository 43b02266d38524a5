package dev.certwright.authentication;

import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What several authenticators have against a client, told as Go joins errors (rule U-05). */
public final class FailureReasons {
  private @Nullable Set<String> reasons;

  /** Adds an answer, which counts if it is a failure. */
  public void add(Authentication answer) {
    if (answer instanceof Authentication.Failed failed) {
      Set<String> all = reasons == null ? new LinkedHashSet<>() : reasons;
      all.add(failed.reason());
      reasons = all;
    }
  }

  /** All failures as one, each reason once; no opinion if there were none. */
  public Authentication answer() {
    Set<String> all = reasons;
    if (all == null) {
      return new Authentication.NoOpinion();
    }
    return new Authentication.Failed(
        all.size() == 1 ? all.iterator().next() : "[" + String.join(", ", all) + "]");
  }
}

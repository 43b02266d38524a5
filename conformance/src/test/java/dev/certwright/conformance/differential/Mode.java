package dev.certwright.conformance.differential;

import dev.certwright.yaml.YamlMapping;
import java.util.List;
import java.util.Random;

/** One mode of the oracle: questions to it, and what Certwright has to say to them. */
public interface Mode {
  /** As the oracle calls it. */
  String name();

  /** A question, usual or hostile, that depends on the random numbers alone. */
  YamlMapping question(Random random);

  /**
   * Whether Certwright has a half to compare; until then questions and upstream's answers lie
   * ready.
   */
  default boolean isCompared() {
    return true;
  }

  /**
   * In what Certwright's answer differs from upstream's; nothing but the question counts, so that a
   * smaller question can be asked too.
   *
   * @return empty if they agree
   */
  default List<Difference> differences(YamlMapping question, YamlMapping answer) {
    return List.of();
  }
}

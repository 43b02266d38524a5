package dev.certwright.conformance.differential;

import dev.certwright.yaml.YamlMapping;
import java.util.List;
import java.util.Random;

/** Files merged, and what a client makes of a context of them (KC-01 to KC-20). */
final class KubeconfigMode implements Mode {
  @Override
  public String name() {
    return "kubeconfig";
  }

  @Override
  public YamlMapping question(Random random) {
    return random.nextBoolean()
        ? new UsableKubeconfigQuestions(random).question()
        : new KubeconfigQuestions(random).question();
  }

  @Override
  public List<Difference> differences(YamlMapping question, YamlMapping answer) {
    try (KubeconfigScratch scratch = KubeconfigScratch.with(question)) {
      return new KubeconfigComparison(scratch, question, answer).differences();
    }
  }
}

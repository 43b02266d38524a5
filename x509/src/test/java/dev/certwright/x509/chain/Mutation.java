package dev.certwright.x509.chain;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** One change to a scenario; the same random numbers make the same change. */
record Mutation(String name, Change change) {

  interface Change {
    void apply(Scenario scenario, Random random);
  }

  /** All there are. */
  static final List<Mutation> ALL = all();

  private static List<Mutation> all() {
    List<Mutation> list = new ArrayList<>();
    NameMutations.addTo(list);
    FieldMutations.addTo(list);
    KeyMutations.addTo(list);
    SignatureMutations.addTo(list);
    ExtensionMutations.addTo(list);
    AlternativeNameMutations.addTo(list);
    PolicyMutations.addTo(list);
    ShapeMutations.addTo(list);
    CostMutations.addTo(list);
    ByteMutations.addTo(list);
    return List.copyOf(list);
  }

  @SafeVarargs
  static <T> T pick(Random random, T... choices) {
    return choices[random.nextInt(choices.length)];
  }
}

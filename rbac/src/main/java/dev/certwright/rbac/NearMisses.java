package dev.certwright.rbac;

import dev.certwright.rbac.NearMiss.Difference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what would allow something if one thing were otherwise. Bounded: it looks at so many
 * bindings and gives so many answers, however many there are.
 */
final class NearMisses {
  private static final int BINDINGS = 10_000;
  private static final int ANSWERS = 20;

  // Whoever asks is nearest where only the place or the name is another.
  private static final List<Difference> ORDER =
      List.of(
          Difference.NAMESPACE,
          Difference.RESOURCE_NAME,
          Difference.VERB,
          Difference.PATH,
          Difference.RESOURCE,
          Difference.API_GROUP);

  private final Policy policy;
  private final Attributes attributes;
  private final Question asked;
  private final List<NearMiss> found = new ArrayList<>();
  private int looked;

  private NearMisses(Policy policy, Attributes attributes) {
    this.policy = policy;
    this.attributes = attributes;
    this.asked = new Question(attributes);
  }

  static List<NearMiss> of(Policy policy, Attributes attributes) {
    NearMisses search = new NearMisses(policy, attributes);
    for (StoredBinding binding : Listings.bindings(policy, attributes.user(), "")) {
      search.rulesOf(binding);
    }
    if (!attributes.namespace().isEmpty()) {
      for (StoredBinding binding :
          Listings.bindings(policy, attributes.user(), attributes.namespace())) {
        search.rulesOf(binding);
      }
    }
    Listings.forEachEntry(policy, attributes.user(), search::otherNamespaces);
    search.found.sort(Comparator.comparing(miss -> ORDER.indexOf(miss.difference())));
    return List.copyOf(search.found.subList(0, Math.min(ANSWERS, search.found.size())));
  }

  private void rulesOf(StoredBinding binding) {
    CompiledRole role = ++looked > BINDINGS ? null : policy.find(binding.target());
    if (role == null) {
      return;
    }
    for (int i = 0; i < role.rules.size(); i++) {
      Difference difference = onlyDifference(role.rules.get(i));
      if (difference != null) {
        add(role, i, binding, difference);
      }
    }
  }

  private @Nullable Difference onlyDifference(PolicyRule rule) {
    RuleMatcher matcher = new RuleMatcher(rule);
    Difference only = null;
    int differences = 0;
    if (!matcher.hasVerb(asked)) {
      only = Difference.VERB;
      differences++;
    }
    if (!asked.resource) {
      if (!matcher.hasPath(asked.path)) {
        only = Difference.PATH;
        differences++;
      }
      return differences == 1 && matcher.hasUrls ? only : null;
    }
    if (!matcher.hasGroup(asked)) {
      only = Difference.API_GROUP;
      differences++;
    }
    if (!matcher.hasResource(asked)) {
      only = Difference.RESOURCE;
      differences++;
    }
    if (!matcher.hasName(asked)) {
      only = Difference.RESOURCE_NAME;
      differences++;
    }
    return differences == 1 && !rule.resources().isEmpty() ? only : null;
  }

  private void otherNamespaces(SubjectEntry entry) {
    if (entry instanceof StoredBinding only) {
      if (!only.clusterWide) {
        otherNamespace(only);
      }
      return;
    }
    ((SubjectNode) entry).forEachNamespace(scope -> scope.forEachBinding(this::otherNamespace));
  }

  private void otherNamespace(StoredBinding binding) {
    if (++looked > BINDINGS || binding.namespace().equals(attributes.namespace())) {
      return;
    }
    CompiledRole role = policy.find(binding.target());
    int rule = role == null ? -1 : role.firstAllowing(asked);
    if (role != null && rule >= 0) {
      add(role, rule, binding, Difference.NAMESPACE);
    }
  }

  private void add(CompiledRole role, int rule, StoredBinding binding, Difference difference) {
    Subject subject = binding.firstFor(attributes.user());
    if (subject != null && found.size() < BINDINGS) {
      found.add(
          new NearMiss(
              new Grant(role.rules.get(rule), rule, role.role, binding.object(), subject),
              difference));
    }
  }
}

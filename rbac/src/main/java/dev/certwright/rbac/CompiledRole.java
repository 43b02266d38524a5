package dev.certwright.rbac;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A role with what speeds up its comparison; made when it is first asked. */
final class CompiledRole {
  // A role with more rules looks them up by resource.
  private static final int INDEX_FROM = 48;

  final RbacObject role;
  final List<PolicyRule> rules;

  // Written without a lock: whoever sees an old null makes an equal object again.
  private @Nullable Matchers matchers;

  CompiledRole(RbacObject role) {
    this.role = role;
    this.rules = role instanceof ClusterRole cluster ? cluster.rules() : ((Role) role).rules();
  }

  /** Number of the first rule that allows what is asked, -1 if none does. */
  int firstAllowing(Question asked) {
    Matchers known = matchers;
    if (known == null) {
      known = new Matchers(rules);
      matchers = known;
    }
    return known.firstAllowing(asked);
  }

  private static final class Matchers {
    private final RuleMatcher[] rules;
    private final long bits;
    private final boolean hasUrls;
    private final @Nullable Map<String, int[]> byResource;

    Matchers(List<PolicyRule> policyRules) {
      rules = new RuleMatcher[policyRules.size()];
      long all = 0;
      boolean urls = false;
      for (int i = 0; i < rules.length; i++) {
        rules[i] = new RuleMatcher(policyRules.get(i));
        all |= rules[i].bits;
        urls |= rules[i].hasUrls;
      }
      bits = all;
      hasUrls = urls;
      byResource = rules.length < INDEX_FROM ? null : index(policyRules);
    }

    private static Map<String, int[]> index(List<PolicyRule> policyRules) {
      Map<String, List<Integer>> lists = new HashMap<>();
      for (int i = 0; i < policyRules.size(); i++) {
        for (String resource : policyRules.get(i).resources()) {
          lists.computeIfAbsent(resource, key -> new ArrayList<>()).add(i);
        }
      }
      Map<String, int[]> index = new HashMap<>(lists.size() * 2);
      for (Map.Entry<String, List<Integer>> entry : lists.entrySet()) {
        int[] numbers = new int[entry.getValue().size()];
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = entry.getValue().get(i);
        }
        index.put(entry.getKey(), numbers);
      }
      return index;
    }

    int firstAllowing(Question asked) {
      if (asked.resource ? (bits & asked.bits) == 0 : !hasUrls) {
        return -1;
      }
      if (byResource != null && asked.resource) {
        int exact = firstOf(byResource.get(asked.fullResource), asked);
        int all = firstOf(byResource.get(PolicyRule.ALL), asked);
        int sub =
            asked.subresource.isEmpty()
                ? -1
                : firstOf(byResource.get(asked.anyWithSubresource()), asked);
        return lower(exact, lower(all, sub));
      }
      for (int i = 0; i < rules.length; i++) {
        if (rules[i].allows(asked)) {
          return i;
        }
      }
      return -1;
    }

    private int firstOf(int @Nullable [] numbers, Question asked) {
      if (numbers != null) {
        for (int number : numbers) {
          if (rules[number].allows(asked)) {
            return number;
          }
        }
      }
      return -1;
    }

    private static int lower(int one, int other) {
      return one < 0 ? other : other < 0 ? one : Math.min(one, other);
    }
  }
}

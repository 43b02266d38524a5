package dev.certwright.rbac;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** One rule, prepared for being compared with many questions (rules RB-02 to RB-07). */
final class RuleMatcher {
  /** Of all resources of the rule, {@link Question#bit}; all bits if there are wildcards. */
  final long bits;

  final boolean hasUrls;
  private final boolean allVerbs;
  private final boolean allGroups;
  private final boolean allResources;
  private final boolean subresourcesOfAll;
  private final TextSet verbs;
  private final TextSet groups;
  private final TextSet resources;
  private final @Nullable TextSet names;
  private final List<String> urls;

  RuleMatcher(PolicyRule rule) {
    allVerbs = rule.verbs().contains(PolicyRule.ALL);
    allGroups = rule.apiGroups().contains(PolicyRule.ALL);
    allResources = rule.resources().contains(PolicyRule.ALL);
    verbs = new TextSet(rule.verbs());
    groups = new TextSet(rule.apiGroups());
    resources = new TextSet(rule.resources());
    names = rule.resourceNames().isEmpty() ? null : new TextSet(rule.resourceNames());
    urls = rule.nonResourceUrls();
    hasUrls = !urls.isEmpty();
    boolean anySubresource = false;
    long all = 0;
    for (String resource : rule.resources()) {
      anySubresource |= resource.startsWith("*/");
      all |= Question.bit(resource);
    }
    subresourcesOfAll = anySubresource;
    bits = allResources || anySubresource ? -1 : all;
  }

  /** Whether the rule allows what is asked. */
  boolean allows(Question asked) {
    if (!asked.resource) {
      return hasUrls && hasVerb(asked) && hasPath(asked.path);
    }
    return (bits & asked.bits) != 0
        && hasResource(asked)
        && hasVerb(asked)
        && hasGroup(asked)
        && hasName(asked);
  }

  boolean hasVerb(Question asked) {
    return allVerbs || verbs.contains(asked.verb);
  }

  boolean hasGroup(Question asked) {
    return allGroups || groups.contains(asked.group);
  }

  boolean hasResource(Question asked) {
    return allResources
        || resources.contains(asked.fullResource)
        || subresourcesOfAll
            && !asked.subresource.isEmpty()
            && resources.contains(asked.anyWithSubresource());
  }

  boolean hasName(Question asked) {
    return names == null || names.contains(asked.name);
  }

  boolean hasPath(String path) {
    for (int i = 0; i < urls.size(); i++) {
      String url = urls.get(i);
      int prefix = prefixLength(url);
      if (prefix < 0 ? url.equals(path) : path.regionMatches(0, url, 0, prefix)) {
        return true;
      }
    }
    return false;
  }

  /**
   * How much of a rule's URL a path must begin with: all of it but the stars at its end (rule
   * RS-08); -1 if there are none and the path must be equal.
   */
  static int prefixLength(String url) {
    int end = url.length();
    while (end > 0 && url.charAt(end - 1) == '*') {
      end--;
    }
    return end == url.length() ? -1 : end;
  }
}

package dev.certwright.x509.chain;

import dev.certwright.x509.extension.PolicyId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The valid policy graph of RFC 9618: one level for each certificate below the trusted CA, one node
 * for each policy of a level. Unlike the tree of RFC 5280 it cannot grow exponentially.
 */
final class PolicyGraph {
  private final List<Map<PolicyId, Node>> levels = new ArrayList<>();
  private Map<PolicyId, List<Node>> expecting = Map.of();

  /** A policy at one level. */
  static final class Node {
    private final PolicyId policy;
    private List<PolicyId> expected;
    private final Set<Node> parents = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Node> children = Collections.newSetFromMap(new IdentityHashMap<>());

    private Node(PolicyId policy, List<PolicyId> expected) {
      this.policy = policy;
      this.expected = expected;
    }
  }

  /** A graph of the trusted CA alone, which allows any policy. */
  PolicyGraph() {
    Map<PolicyId, Node> top = new LinkedHashMap<>();
    top.put(PolicyId.ANY, new Node(PolicyId.ANY, List.of(PolicyId.ANY)));
    levels.add(top);
  }

  private Map<PolicyId, Node> leaves() {
    return levels.get(levels.size() - 1);
  }

  private Map<PolicyId, Node> parents() {
    return levels.get(levels.size() - 2);
  }

  /** Opens the level of the next certificate. */
  void descend() {
    expecting = new HashMap<>();
    for (Node node : leaves().values()) {
      for (PolicyId policy : node.expected) {
        expecting.computeIfAbsent(policy, unused -> new ArrayList<>(1)).add(node);
      }
    }
    levels.add(new LinkedHashMap<>());
  }

  /** RFC 9618 5.3 (d)(1): the certificate asserts this policy. */
  void add(PolicyId policy) {
    Collection<Node> above = expecting.getOrDefault(policy, List.of());
    if (above.isEmpty()) {
      Node any = parents().get(PolicyId.ANY);
      if (any == null) {
        return;
      }
      above = List.of(any);
    }
    insert(policy, List.of(policy), above);
  }

  /** RFC 9618 5.3 (d)(2): the certificate asserts anyPolicy. */
  void addAllExpected() {
    Map<PolicyId, List<Node>> missing = new LinkedHashMap<>();
    Map<PolicyId, Node> present = leaves();
    for (Node parent : parents().values()) {
      for (PolicyId policy : parent.expected) {
        if (!present.containsKey(policy)) {
          missing.computeIfAbsent(policy, unused -> new ArrayList<>(1)).add(parent);
        }
      }
    }
    for (Map.Entry<PolicyId, List<Node>> entry : missing.entrySet()) {
      insert(entry.getKey(), List.of(entry.getKey()), entry.getValue());
    }
  }

  private void insert(PolicyId policy, List<PolicyId> expected, Collection<Node> above) {
    Node node = new Node(policy, expected);
    for (Node parent : above) {
      parent.children.add(node);
      node.parents.add(parent);
    }
    leaves().put(policy, node);
  }

  /** RFC 9618 5.3 (d)(3): nodes above the last level without children go. */
  void prune() {
    for (int level = levels.size() - 2; level > 0; level--) {
      for (Node node : List.copyOf(levels.get(level).values())) {
        if (node.children.isEmpty()) {
          for (Node parent : node.parents) {
            parent.children.remove(node);
          }
          levels.get(level).remove(node.policy);
        }
      }
    }
  }

  /** RFC 9618 5.4 (b)(1) and (2): below, these policies stand for this one. */
  void map(PolicyId issuerPolicy, List<PolicyId> subjectPolicies) {
    Node node = leaves().get(issuerPolicy);
    if (node != null) {
      node.expected = subjectPolicies;
      return;
    }
    Node any = leaves().get(PolicyId.ANY);
    if (any != null) {
      insert(issuerPolicy, subjectPolicies, List.of(any));
    }
  }

  /** RFC 9618 5.4 (b)(3): the policy was mapped where mapping is inhibited. */
  void remove(PolicyId policy) {
    Node node = leaves().remove(policy);
    if (node != null) {
      for (Node parent : node.parents) {
        parent.children.remove(node);
      }
      for (Node child : node.children) {
        child.parents.remove(node);
      }
    }
  }

  /** RFC 9618 5.5 (g): whether any policy is left that a user could accept. */
  boolean allowsAnything() {
    if (leaves().containsKey(PolicyId.ANY)) {
      return true;
    }
    for (Map<PolicyId, Node> level : levels) {
      for (Node node : level.values()) {
        if (!node.policy.equals(PolicyId.ANY)
            && node.parents.size() == 1
            && node.parents.iterator().next().policy.equals(PolicyId.ANY)) {
          return true;
        }
      }
    }
    return false;
  }
}

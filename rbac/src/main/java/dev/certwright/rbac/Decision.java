package dev.certwright.rbac;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer to {@link Attributes}. RBAC never denies: what it does not allow, it has no opinion
 * on, and the next authorizer may (rule RE-06).
 *
 * <p>Immutable. Texts and grant are made when they are asked for, from the snapshot that decided.
 */
public final class Decision {
  private final Policy policy;
  private final Attributes asked;
  private final boolean allowed;
  private final boolean unresolved;
  private final @Nullable CompiledRole role;
  private final @Nullable StoredBinding binding;
  private final int rule;

  private Decision(
      Policy policy,
      Attributes asked,
      boolean allowed,
      boolean unresolved,
      @Nullable CompiledRole role,
      @Nullable StoredBinding binding,
      int rule) {
    this.policy = policy;
    this.asked = asked;
    this.allowed = allowed;
    this.unresolved = unresolved;
    this.role = role;
    this.binding = binding;
    this.rule = rule;
  }

  static Decision superuser(Policy policy, Attributes asked) {
    return new Decision(policy, asked, true, false, null, null, 0);
  }

  static Decision of(Policy policy, Attributes asked, Evaluation found) {
    return new Decision(
        policy,
        asked,
        found.binding != null,
        found.binding == null && found.unresolved,
        found.role,
        found.binding,
        found.rule);
  }

  /** Whether it is allowed; otherwise there is no opinion. */
  public boolean isAllowed() {
    return allowed;
  }

  /** Whether it is allowed because the asker is in {@code system:masters} (rule RS-12). */
  public boolean isBySuperuserGroup() {
    return allowed && binding == null;
  }

  /** What was asked. */
  public Attributes asked() {
    return asked;
  }

  /** What allows it: any one of those that do. Null without opinion and for superusers. */
  public @Nullable Grant grant() {
    if (role == null || binding == null) {
      return null;
    }
    Subject subject = binding.firstFor(asked.user());
    if (subject == null) {
      throw new IllegalStateException("the index led to a binding that is not for the asker");
    }
    return new Grant(role.rules.get(rule), rule, role.role, binding.object(), subject);
  }

  /**
   * Upstream's reason, byte for byte (rules RE-05, RE-06, RS-12): what allows it, or which roles
   * could not be found; often empty.
   */
  public String reason() {
    Grant grant = grant();
    if (grant != null) {
      return "RBAC: allowed by " + grant.describe();
    }
    return unresolved ? "RBAC: " + Problems.aggregate(policy.unresolved(asked)) : "";
  }

  /**
   * What an API server says in its 403 when nobody after RBAC allows it, byte for byte (rule F-04).
   * Up to 1.36 it says so; from 1.37 on the reasons of several authorizers carry their names.
   *
   * @throws IllegalStateException if it is allowed
   */
  public String forbiddenMessage() {
    if (allowed) {
      throw new IllegalStateException("nothing is forbidden: " + reason());
    }
    return ForbiddenText.of(asked, reason());
  }

  /** What upstream says of each role that was not found, empty where something allows. */
  public List<String> unresolvedRoles() {
    return unresolved ? policy.unresolved(asked) : List.of();
  }

  /** What came nearest to allowing it; empty if it is allowed. */
  public List<NearMiss> nearMisses() {
    return allowed ? List.of() : policy.nearMisses(asked);
  }

  @Override
  public String toString() {
    return (allowed ? "allow" : "noOpinion") + " " + reason();
  }
}

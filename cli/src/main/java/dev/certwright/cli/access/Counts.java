package dev.certwright.cli.access;

import dev.certwright.rbac.Policy;

/** How much there is, in words. */
final class Counts {
  private Counts() {}

  /** {@code 1 role and 2 bindings}. */
  static String of(Policy policy) {
    return of(policy.roleCount(), "role") + " and " + of(policy.bindingCount(), "binding");
  }

  /** {@code 2 roles}. */
  static String of(int count, String noun) {
    return count + " " + noun + (count == 1 ? "" : "s");
  }
}

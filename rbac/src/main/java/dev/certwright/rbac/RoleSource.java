package dev.certwright.rbac;

import org.jspecify.annotations.Nullable;

/** Where the roles are that bindings refer to. */
@FunctionalInterface
interface RoleSource {
  /** The role, null if it is not there. */
  @Nullable CompiledRole find(RoleTarget target);
}

package dev.certwright.cli.access;

import org.jspecify.annotations.Nullable;

/**
 * How much of a cluster's policy the question needs, so that no more is read.
 *
 * @param everything whether RoleBindings of all namespaces may count
 * @param namespace whose RoleBindings count, empty for none; null for that of the context
 * @param self whether the caller is the one who asks
 */
public record ClusterScope(boolean everything, @Nullable String namespace, boolean self) {}

/**
 * May they? RBAC decided exactly as kube-apiserver decides it.
 *
 * <p>{@link dev.certwright.rbac.Policy} is an immutable snapshot of roles and bindings; {@link
 * dev.certwright.rbac.Policy#decide} answers {@link dev.certwright.rbac.Attributes} with a {@link
 * dev.certwright.rbac.Decision}, {@link dev.certwright.rbac.Policy#rulesFor} lists what somebody
 * may do. The four kinds of objects are records ({@link dev.certwright.rbac.ClusterRole}, {@link
 * dev.certwright.rbac.Role}, {@link dev.certwright.rbac.ClusterRoleBinding}, {@link
 * dev.certwright.rbac.RoleBinding}); {@link dev.certwright.rbac.Aggregation} fills ClusterRoles
 * that are made of others. Requests become attributes in {@code request}, files become objects in
 * {@code manifest}, many questions are answered line by line in {@code lines}.
 *
 * <p>The commands, the server and the cluster module may call this package.
 */
@NullMarked
package dev.certwright.rbac;

import org.jspecify.annotations.NullMarked;

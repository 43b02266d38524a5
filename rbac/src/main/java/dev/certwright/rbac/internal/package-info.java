/**
 * What the packages of this module share and nobody else may call: the persistent hash table that
 * policies are made of, and the syntax of Kubernetes names and labels.
 */
@NullMarked
package dev.certwright.rbac.internal;

import org.jspecify.annotations.NullMarked;

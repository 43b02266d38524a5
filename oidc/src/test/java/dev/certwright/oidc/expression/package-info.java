/** Expressions: what Kubernetes' functions give. */
@NullMarked
package dev.certwright.oidc.expression;

import org.jspecify.annotations.NullMarked;

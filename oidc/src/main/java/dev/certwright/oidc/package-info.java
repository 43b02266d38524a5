/**
 * Tokens of identity providers (OpenID Connect): kube-apiserver's AuthenticationConfiguration and
 * its {@code --oidc-*} flags, and what they make of a token. Apart from {@code authentication}
 * because of what it takes to do so: a library for JOSE and one for CEL.
 */
@NullMarked
package dev.certwright.oidc;

import org.jspecify.annotations.NullMarked;

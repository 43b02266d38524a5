/**
 * kube-apiserver's {@code AuthorizationConfiguration} file: reading it as strictly as the API
 * server does, and putting authorizers into it that refuse and never call anybody. {@link
 * dev.certwright.revocation.authorization.AuthorizationConfiguration} is the way in.
 */
@NullMarked
package dev.certwright.revocation.authorization;

import org.jspecify.annotations.NullMarked;

/**
 * CEL as kube-apiserver lets it be used over claims and users: the language is the library's; what
 * Kubernetes adds to it, and where its own engine answers otherwise, is here.
 */
@NullMarked
package dev.certwright.oidc.expression;

import org.jspecify.annotations.NullMarked;

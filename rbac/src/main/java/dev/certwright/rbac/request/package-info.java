/**
 * From an HTTP request to what the authorizer is asked: {@link
 * dev.certwright.rbac.request.RequestInfoResolver} reads method and URL as kube-apiserver does.
 * Texts of requests are bytes upstream, so they are handled as such here: one character a byte,
 * until they are whole.
 *
 * <p>The commands and the server may call this package.
 */
@NullMarked
package dev.certwright.rbac.request;

import org.jspecify.annotations.NullMarked;

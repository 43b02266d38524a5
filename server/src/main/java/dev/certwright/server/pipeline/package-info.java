/**
 * What happens to each request before anything answers it, in kube-apiserver's order (rule F-01):
 * RequestInfo, authentication, audit, impersonation, limits, authorization. Roles put their {@link
 * dev.certwright.server.pipeline.Endpoint endpoints} behind it, authorizers stand in a {@link
 * dev.certwright.server.pipeline.AuthorizerChain}.
 */
@NullMarked
package dev.certwright.server.pipeline;

import org.jspecify.annotations.NullMarked;

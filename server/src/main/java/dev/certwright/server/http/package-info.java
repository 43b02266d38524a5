/**
 * HTTP/1.1 and HTTP/2 over TLS with bounds on everything that a client decides. Knows nothing of
 * Kubernetes: requests go to a {@link dev.certwright.server.http.RequestHandler}. A gateway would
 * stand on this package as well.
 */
@NullMarked
package dev.certwright.server.http;

import org.jspecify.annotations.NullMarked;

/**
 * Who the server is, and what it asks of clients: certificates and keys in files that are read
 * again when they change. Called by the server that is wired in the package above.
 */
@NullMarked
package dev.certwright.server.tls;

import org.jspecify.annotations.NullMarked;

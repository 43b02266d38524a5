/**
 * The server: one TLS front whose requests go through a pipeline as kube-apiserver orders it, and
 * on top of it roles that can be on together or alone. {@link
 * dev.certwright.server.CertwrightServer} wires it; the command {@code serve} and the demo call it.
 */
@NullMarked
package dev.certwright.server;

import org.jspecify.annotations.NullMarked;

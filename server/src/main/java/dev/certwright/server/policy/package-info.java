/**
 * The policy and the objects of manifests, read again when files change. The server that is wired
 * in the package above holds one; authorizers and endpoints ask it for what counts now.
 */
@NullMarked
package dev.certwright.server.policy;

import org.jspecify.annotations.NullMarked;

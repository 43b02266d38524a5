/**
 * Whether the server is well, and which one it is: {@code /healthz}, {@code /version} and so on.
 */
@NullMarked
package dev.certwright.server.health;

import org.jspecify.annotations.NullMarked;

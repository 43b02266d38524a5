/** The server as a whole, on real sockets. */
@NullMarked
package dev.certwright.server;

import org.jspecify.annotations.NullMarked;

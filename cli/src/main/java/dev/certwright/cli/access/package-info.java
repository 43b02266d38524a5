/**
 * Who asks, what, and by which policy: the work behind {@code can-i} and {@code rules}. Only the
 * commands call it.
 */
@NullMarked
package dev.certwright.cli.access;

import org.jspecify.annotations.NullMarked;

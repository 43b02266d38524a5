/**
 * How much of what happens, in the text form of Prometheus, under upstream's names where it has
 * them.
 */
@NullMarked
package dev.certwright.server.metrics;

import org.jspecify.annotations.NullMarked;

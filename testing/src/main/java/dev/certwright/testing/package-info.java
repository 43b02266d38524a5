/**
 * Real programs and random numbers for tests. Test scope only; no part of the product may use it.
 */
@NullMarked
package dev.certwright.testing;

import org.jspecify.annotations.NullMarked;

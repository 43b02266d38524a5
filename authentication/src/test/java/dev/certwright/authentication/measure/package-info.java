/** Measurements, which are programs and not tests; the scripts in {@code benchmarks} call them. */
@NullMarked
package dev.certwright.authentication.measure;

import org.jspecify.annotations.NullMarked;

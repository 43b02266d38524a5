/**
 * What single steps cost in a warm process, by JMH ({@code benchmarks/steps}). What a user waits
 * for is measured by the scripts of this module, which start whole processes.
 */
@NullMarked
package dev.certwright.benchmarks;

import org.jspecify.annotations.NullMarked;

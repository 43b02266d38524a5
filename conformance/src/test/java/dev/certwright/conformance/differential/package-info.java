/**
 * Random and hostile inputs, put before Certwright and before upstream's own code: {@link
 * dev.certwright.conformance.differential.Differential} is the one program for all modes.
 */
@NullMarked
package dev.certwright.conformance.differential;

import org.jspecify.annotations.NullMarked;

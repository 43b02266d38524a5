/** Programs that tests run, with an end in time. */
@NullMarked
package dev.certwright.conformance.program;

import org.jspecify.annotations.NullMarked;

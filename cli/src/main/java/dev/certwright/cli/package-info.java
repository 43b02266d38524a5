/** The command line. */
@NullMarked
package dev.certwright.cli;

import org.jspecify.annotations.NullMarked;

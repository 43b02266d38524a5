/**
 * The program: the entry point, exit codes, and what all commands share. Results go to standard
 * output, everything else to standard error. One package below this one holds a command each.
 */
@NullMarked
package dev.certwright.cli;

import org.jspecify.annotations.NullMarked;

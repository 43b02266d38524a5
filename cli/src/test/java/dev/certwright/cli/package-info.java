/**
 * The program as its users meet it: commands run in this process with captured output, or as a
 * process of their own where the current folder, standard input or a kill matters.
 */
@NullMarked
package dev.certwright.cli;

import org.jspecify.annotations.NullMarked;

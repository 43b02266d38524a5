/** How results look: tables for people, JSON and YAML for programs, times, progress. */
@NullMarked
package dev.certwright.cli.output;

import org.jspecify.annotations.NullMarked;

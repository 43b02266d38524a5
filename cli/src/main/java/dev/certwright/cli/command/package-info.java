/** One class for each command, and what several of them share. Called by {@code Main} only. */
@NullMarked
package dev.certwright.cli.command;

import org.jspecify.annotations.NullMarked;

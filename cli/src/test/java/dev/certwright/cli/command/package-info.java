/** Tests of what commands are made of. */
@NullMarked
package dev.certwright.cli.command;

import org.jspecify.annotations.NullMarked;

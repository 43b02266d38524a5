/** {@code certwright serve}: options to settings, and a serving certificate where none is given. */
@NullMarked
package dev.certwright.cli.serve;

import org.jspecify.annotations.NullMarked;

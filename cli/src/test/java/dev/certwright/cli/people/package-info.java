/** Lists of people, and bytes that are none. */
@NullMarked
package dev.certwright.cli.people;

import org.jspecify.annotations.NullMarked;

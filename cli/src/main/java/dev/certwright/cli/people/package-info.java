/** Lists of people to issue for: CSV and JSON lines, read one at a time, however many there are. */
@NullMarked
package dev.certwright.cli.people;

import org.jspecify.annotations.NullMarked;

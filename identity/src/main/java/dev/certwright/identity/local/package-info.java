/** Users of the machine that this runs on, and what is theirs. */
@NullMarked
package dev.certwright.identity.local;

import org.jspecify.annotations.NullMarked;

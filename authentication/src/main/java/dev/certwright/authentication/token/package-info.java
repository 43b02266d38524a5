/** Bearer tokens: where in a request they stand, and the static ones in a file. */
@NullMarked
package dev.certwright.authentication.token;

import org.jspecify.annotations.NullMarked;

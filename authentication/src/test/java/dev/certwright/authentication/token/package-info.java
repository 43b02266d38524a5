/** Tests of this package. */
@NullMarked
package dev.certwright.authentication.token;

import org.jspecify.annotations.NullMarked;

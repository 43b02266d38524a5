/** Tests of this package. */
@NullMarked
package dev.certwright.authentication.password;

import org.jspecify.annotations.NullMarked;

/** Tests of this package. */
@NullMarked
package dev.certwright.authentication;

import org.jspecify.annotations.NullMarked;

/** Tests of this package. */
@NullMarked
package dev.certwright.authentication.impersonation;

import org.jspecify.annotations.NullMarked;

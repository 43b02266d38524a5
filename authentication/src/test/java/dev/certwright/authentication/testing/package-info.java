/** Requests that tests make. */
@NullMarked
package dev.certwright.authentication.testing;

import org.jspecify.annotations.NullMarked;

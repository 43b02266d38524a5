/** Real programs that tests run. Test scope only; no part of the product may use it. */
@NullMarked
package dev.certwright.testing;

import org.jspecify.annotations.NullMarked;

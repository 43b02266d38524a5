/** Who signs. */
@NullMarked
package dev.certwright.authority;

import org.jspecify.annotations.NullMarked;

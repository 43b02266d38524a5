/** Tests. */
@NullMarked
package dev.certwright.revocation;

import org.jspecify.annotations.NullMarked;

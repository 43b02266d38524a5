/** Tests. */
@NullMarked
package dev.certwright.revocation.outlet;

import org.jspecify.annotations.NullMarked;

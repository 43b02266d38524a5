/** Tests. */
@NullMarked
package dev.certwright.revocation.live;

import org.jspecify.annotations.NullMarked;

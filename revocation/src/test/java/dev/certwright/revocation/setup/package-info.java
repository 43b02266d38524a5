/** Tests. */
@NullMarked
package dev.certwright.revocation.setup;

import org.jspecify.annotations.NullMarked;

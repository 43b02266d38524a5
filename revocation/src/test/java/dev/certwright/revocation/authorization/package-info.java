/** Tests. */
@NullMarked
package dev.certwright.revocation.authorization;

import org.jspecify.annotations.NullMarked;

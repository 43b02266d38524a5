/** Tests. */
@NullMarked
package dev.certwright.cli.revocation;

import org.jspecify.annotations.NullMarked;

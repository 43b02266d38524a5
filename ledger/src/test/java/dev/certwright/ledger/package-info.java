/** Tests of the package of the same name. */
@NullMarked
package dev.certwright.ledger;

import org.jspecify.annotations.NullMarked;

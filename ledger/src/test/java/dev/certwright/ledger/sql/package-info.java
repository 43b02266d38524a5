/** Tests of the package of the same name. */
@NullMarked
package dev.certwright.ledger.sql;

import org.jspecify.annotations.NullMarked;

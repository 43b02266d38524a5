/** Tests of reading audit logs. */
@NullMarked
package dev.certwright.ledger.audit;

import org.jspecify.annotations.NullMarked;

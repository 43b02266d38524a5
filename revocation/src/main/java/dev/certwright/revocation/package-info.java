/**
 * Taking certificates back: {@link dev.certwright.revocation.Denylist} is what the ledger says must
 * be refused, and the packages below bring it to where it is refused. Used by {@code cli} and
 * {@code server}.
 */
@NullMarked
package dev.certwright.revocation;

import org.jspecify.annotations.NullMarked;

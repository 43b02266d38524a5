/**
 * The ledger followed while a server runs: {@link dev.certwright.revocation.live.LedgerFollower}
 * keeps {@link dev.certwright.revocation.live.RestrictedAccess} up to date, and an authorizer asks
 * it for each request.
 */
@NullMarked
package dev.certwright.revocation.live;

import org.jspecify.annotations.NullMarked;

/**
 * Where a denylist goes: {@link dev.certwright.revocation.outlet.Outlet} and its kinds, as {@code
 * outlets.yaml} lists them, and what came of publishing.
 */
@NullMarked
package dev.certwright.revocation.outlet;

import org.jspecify.annotations.NullMarked;

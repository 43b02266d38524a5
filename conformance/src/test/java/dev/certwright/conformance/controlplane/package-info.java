/**
 * A real control plane on loopback, for tests: {@code @ExtendWith(ControlPlaneExtension.class)} and
 * a parameter {@link dev.certwright.conformance.controlplane.ControlPlane}.
 */
@NullMarked
package dev.certwright.conformance.controlplane;

import org.jspecify.annotations.NullMarked;

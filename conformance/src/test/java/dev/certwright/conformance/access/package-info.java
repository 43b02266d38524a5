/**
 * Questions about access, put to Certwright and to a real API server that has the same roles and
 * bindings.
 */
@NullMarked
package dev.certwright.conformance.access;

import org.jspecify.annotations.NullMarked;

/** Tests of decisions, listings and what they stand on. */
@NullMarked
package dev.certwright.rbac;

import org.jspecify.annotations.NullMarked;

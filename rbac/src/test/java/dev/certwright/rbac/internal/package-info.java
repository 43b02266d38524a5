/** Tests of the package of the same name. */
@NullMarked
package dev.certwright.rbac.internal;

import org.jspecify.annotations.NullMarked;

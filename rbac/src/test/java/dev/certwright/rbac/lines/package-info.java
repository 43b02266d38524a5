/** Tests of the package of the same name. */
@NullMarked
package dev.certwright.rbac.lines;

import org.jspecify.annotations.NullMarked;

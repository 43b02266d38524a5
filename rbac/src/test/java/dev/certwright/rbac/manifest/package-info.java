/** Tests of the package of the same name. */
@NullMarked
package dev.certwright.rbac.manifest;

import org.jspecify.annotations.NullMarked;

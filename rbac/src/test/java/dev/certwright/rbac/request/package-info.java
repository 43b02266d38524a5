/** Tests of the package of the same name. */
@NullMarked
package dev.certwright.rbac.request;

import org.jspecify.annotations.NullMarked;

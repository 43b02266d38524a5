/** Programs that measure decisions; their figures stand in the documentation. */
@NullMarked
package dev.certwright.rbac.measure;

import org.jspecify.annotations.NullMarked;

/** Tests of the package of the same name. */
@NullMarked
package dev.certwright.server.audit;

import org.jspecify.annotations.NullMarked;

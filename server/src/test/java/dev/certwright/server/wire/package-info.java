/** Tests of the package of the same name. */
@NullMarked
package dev.certwright.server.wire;

import org.jspecify.annotations.NullMarked;

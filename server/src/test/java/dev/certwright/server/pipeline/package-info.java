/** Tests of the package of the same name. */
@NullMarked
package dev.certwright.server.pipeline;

import org.jspecify.annotations.NullMarked;

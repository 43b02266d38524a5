/** Tests of what the sandbox shows. */
@NullMarked
package dev.certwright.server.sandbox;

import org.jspecify.annotations.NullMarked;

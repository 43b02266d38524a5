/** Tests of the live API server, against servers of their own. */
@NullMarked
package dev.certwright.cluster;

import org.jspecify.annotations.NullMarked;

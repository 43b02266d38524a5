/** Tests of this package. */
@NullMarked
package dev.certwright.x509.key;

import org.jspecify.annotations.NullMarked;

/** Tests of this package. */
@NullMarked
package dev.certwright.x509.der;

import org.jspecify.annotations.NullMarked;

/** Tests of this package. */
@NullMarked
package dev.certwright.x509.pem;

import org.jspecify.annotations.NullMarked;

/** Certificates and names with faults that no sound program would make, for tests. */
@NullMarked
package dev.certwright.x509.testing;

import org.jspecify.annotations.NullMarked;

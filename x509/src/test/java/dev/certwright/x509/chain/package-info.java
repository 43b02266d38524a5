/** Tests of this package: suites by others, the upstream code as oracle, and cases of our own. */
@NullMarked
package dev.certwright.x509.chain;

import org.jspecify.annotations.NullMarked;

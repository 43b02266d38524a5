/**
 * Real parts for tests, of this module and of others: the {@code openssl} command, and certificates
 * with faults that no sound program would make. Nothing in {@code main} may use it.
 */
@NullMarked
package dev.certwright.x509.testing;

import org.jspecify.annotations.NullMarked;

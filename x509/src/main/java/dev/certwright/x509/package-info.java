/** Certificates as data. */
@NullMarked
package dev.certwright.x509;

import org.jspecify.annotations.NullMarked;

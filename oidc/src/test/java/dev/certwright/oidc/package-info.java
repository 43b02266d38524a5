/** A provider over real sockets and HTTPS, and tokens forged in every way that RFC 8725 lists. */
@NullMarked
package dev.certwright.oidc;

import org.jspecify.annotations.NullMarked;

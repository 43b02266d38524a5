/** Certificates, requests and keys against real openssl, and against bytes that are none. */
@NullMarked
package dev.certwright.x509;

import org.jspecify.annotations.NullMarked;

/**
 * Textual encoding of certificates, requests and keys (RFC 7468, and RFC 1421 headers as old
 * OpenSSL keys have them). Used by readers of files everywhere.
 */
@NullMarked
package dev.certwright.x509.pem;

import org.jspecify.annotations.NullMarked;

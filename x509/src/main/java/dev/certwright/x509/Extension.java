package dev.certwright.x509;

import dev.certwright.x509.der.Oid;

/**
 * An extension as it lies in a certificate or request (RFC 5280 4.2).
 *
 * @param oid its type
 * @param critical whether a reader who does not know it must refuse the certificate
 * @param value the contents of extnValue; not copied
 */
@SuppressWarnings("ArrayRecordComponent")
public record Extension(Oid oid, boolean critical, byte[] value) {}

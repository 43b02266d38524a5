/**
 * Distinguished Encoding Rules (ITU-T X.690): a strict bounded reader and a writer, for the parts
 * of ASN.1 that certificates, requests and keys are made of. Used by the other packages of this
 * module and by {@code authority}.
 */
@NullMarked
package dev.certwright.x509.der;

import org.jspecify.annotations.NullMarked;

/**
 * What the extensions of a certificate say, read at once and as kube-apiserver's parser reads them:
 * a value that it refuses refuses the certificate. {@link
 * dev.certwright.x509.extension.ExtensionValues} is the entrance; the rest are the forms of names
 * that extensions hold. Made by {@link dev.certwright.x509.Certificate}, read by the chain
 * verifier.
 */
@NullMarked
package dev.certwright.x509.extension;

import org.jspecify.annotations.NullMarked;

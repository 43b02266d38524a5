/**
 * Would kube-apiserver let this chain in, and as whom? {@link
 * dev.certwright.x509.chain.ClientVerification} answers the whole question, {@link
 * dev.certwright.x509.chain.ChainVerifier} the part between a leaf and the trusted CAs, by
 * upstream's rules (GV-*, XS-*) and not by those of the JDK. A refusal says the most specific
 * reason that was met. Everything here is immutable or local to one question; every module may call
 * it.
 */
@NullMarked
package dev.certwright.x509.chain;

import org.jspecify.annotations.NullMarked;

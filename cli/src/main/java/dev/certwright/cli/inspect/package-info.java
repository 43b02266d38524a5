/**
 * Looks at files as people hand them around: certificates, requests, private keys, kubeconfigs,
 * bundles; PEM or DER. Says what they are and what is odd about them. Called by {@code inspect}.
 */
@NullMarked
package dev.certwright.cli.inspect;

import org.jspecify.annotations.NullMarked;

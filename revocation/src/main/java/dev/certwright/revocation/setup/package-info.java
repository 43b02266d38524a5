/**
 * Preparing an API server once, so that it reads its authorizers from a file: {@link
 * dev.certwright.revocation.setup.StaticPodManifest} is kubeadm's.
 */
@NullMarked
package dev.certwright.revocation.setup;

import org.jspecify.annotations.NullMarked;

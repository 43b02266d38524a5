/**
 * kube-apiserver's {@code AuthenticationConfiguration}: read strictly, validated in upstream's
 * words (rules J-01 to J-05).
 */
@NullMarked
package dev.certwright.oidc.configuration;

import org.jspecify.annotations.NullMarked;

/** Tests of the kubeconfig module. */
@NullMarked
package dev.certwright.kubeconfig;

import org.jspecify.annotations.NullMarked;

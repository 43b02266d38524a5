/** kubeconfig files. */
@NullMarked
package dev.certwright.kubeconfig;

import org.jspecify.annotations.NullMarked;

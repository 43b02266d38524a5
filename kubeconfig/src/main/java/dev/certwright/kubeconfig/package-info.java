/**
 * kubeconfig files as client-go's clientcmd understands them: making, reading, merging and changing
 * them without harm. Used by {@code cli} and {@code cluster}.
 */
@NullMarked
package dev.certwright.kubeconfig;

import org.jspecify.annotations.NullMarked;

/**
 * kubeconfig files: read, found and merged as kubectl does, written for one credential, and one put
 * into another without harm.
 *
 * <p>{@link dev.certwright.kubeconfig.KubeconfigReader} reads one file, {@link
 * dev.certwright.kubeconfig.KubeconfigFiles} finds and merges those that {@code $KUBECONFIG} names,
 * {@link dev.certwright.kubeconfig.EffectiveContext} is what a client makes of one context. {@link
 * dev.certwright.kubeconfig.CredentialKubeconfig} is the file that hands a new credential over,
 * {@link dev.certwright.kubeconfig.KubeconfigMerge} puts such a file into an existing one. Rules
 * KC-01 to KC-18 are those of Kubernetes' clientcmd. The command line and the live cluster may call
 * this package; it knows neither of them.
 */
@NullMarked
package dev.certwright.kubeconfig;

import org.jspecify.annotations.NullMarked;

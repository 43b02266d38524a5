/**
 * Audit logs of kube-apiserver as evidence of use: which certificate was used by whom, when and
 * from where. Since Kubernetes 1.32 every event names the certificate (rule X-17).
 */
@NullMarked
package dev.certwright.ledger.audit;

import org.jspecify.annotations.NullMarked;

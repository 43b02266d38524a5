/**
 * The questions that Kubernetes has kinds for: SubjectAccessReview and its kin, SelfSubjectReview;
 * asked by people through kubectl, and by kube-apiserver as a webhook.
 */
@NullMarked
package dev.certwright.server.review;

import org.jspecify.annotations.NullMarked;

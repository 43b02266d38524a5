package dev.certwright.server;

/** What a server does; several at once or one alone. */
public enum ServerRole {
  /** Answers {@code kubectl auth}: reviews and discovery of them. */
  REVIEW,
  /** Serves the objects of the manifests, read-only. */
  SANDBOX,
  /** Is a kube-apiserver's authorization webhook. */
  WEBHOOK,
  /** Is a kube-apiserver's authentication webhook. */
  AUTHENTICATION_WEBHOOK
}

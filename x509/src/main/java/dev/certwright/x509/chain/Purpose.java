package dev.certwright.x509.chain;

/** What the chain must be good for (extended key usage, RFC 5280 4.2.1.12). */
public enum Purpose {
  /** What kube-apiserver asks for. */
  CLIENT_AUTHENTICATION,

  /** Whatever the certificates say. */
  ANY
}

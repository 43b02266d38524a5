package dev.certwright.revocation.outlet;

/** Somewhere else that gets what is published. */
public sealed interface Recipient permits CommandRecipient, PolicyCluster {

  /** For messages, such as the node's. */
  String name();

  /**
   * Hands it over.
   *
   * @return what went wrong; empty if nothing
   */
  String send(byte[] content);
}

package dev.certwright.revocation.outlet;

import dev.certwright.revocation.authorization.Origin;

/** Somewhere else that gets what is published. */
public sealed interface Recipient permits CommandRecipient, PolicyCluster {

  /** For messages, such as the node's. */
  String name();

  /**
   * Hands it over.
   *
   * @param origin where it is from, for who can tell what is there
   * @return what went wrong; empty if nothing
   */
  String send(byte[] content, Origin origin);
}

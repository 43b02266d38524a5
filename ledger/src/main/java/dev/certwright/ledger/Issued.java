package dev.certwright.ledger;

import java.util.List;

/**
 * A certificate was signed.
 *
 * @param certificate what was signed
 * @param cluster name of the cluster it is for; empty if none was named
 * @param server URL of that cluster's API server; empty if none was named
 * @param reason why, in the words of who ran it; empty if not said
 * @param overrides guard rails that were lifted for it, by the names of their flags
 * @param follows credential id of the certificate that it renews; empty if it renews none
 */
public record Issued(
    CertificateFacts certificate,
    String cluster,
    String server,
    String reason,
    List<String> overrides,
    String follows)
    implements Event {

  public Issued {
    overrides = List.copyOf(overrides);
  }

  @Override
  public EntryType type() {
    return EntryType.ISSUED;
  }
}

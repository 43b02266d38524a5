package dev.certwright.ledger;

/**
 * A certificate that was found somewhere was taken into the account.
 *
 * @param certificate what was found
 * @param cluster name of the cluster it is for; empty if not known
 * @param server URL of that cluster's API server; empty if not known
 * @param source where it was found
 */
public record Imported(CertificateFacts certificate, String cluster, String server, String source)
    implements Event {

  @Override
  public EntryType type() {
    return EntryType.IMPORTED;
  }
}

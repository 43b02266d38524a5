package dev.certwright.ledger;

import java.time.Instant;
import java.util.List;

/**
 * A credential was seen in use.
 *
 * @param credentialId whose ({@code X509SHA256=}…), whether the ledger knows it or not
 * @param user the user name that the API server took from it
 * @param groups the groups that it took from it, as it reported them
 * @param cluster name of the cluster; empty if not known
 * @param firstSeen earliest use that is told of
 * @param lastSeen latest use that is told of
 * @param sourceAddresses from where, without repetition
 * @param source where this was read
 */
public record Seen(
    String credentialId,
    String user,
    List<String> groups,
    String cluster,
    Instant firstSeen,
    Instant lastSeen,
    List<String> sourceAddresses,
    String source)
    implements Event {

  public Seen {
    groups = List.copyOf(groups);
    sourceAddresses = List.copyOf(sourceAddresses);
  }

  @Override
  public EntryType type() {
    return EntryType.SEEN;
  }
}

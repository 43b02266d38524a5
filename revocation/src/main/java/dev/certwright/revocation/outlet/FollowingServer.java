package dev.certwright.revocation.outlet;

import java.util.List;

/**
 * A {@code certwright serve} that follows the ledger by itself, as an authorization webhook or in
 * front of something. Nothing is written for it.
 *
 * @param name for messages
 * @param address how it is asked how far it has read; without kubeconfig and server it is not asked
 */
public record FollowingServer(String name, ApiServer address) {

  /** Whether it can be asked. */
  public boolean isAsked() {
    return !address.kubeconfig().isEmpty() || !address.server().isEmpty();
  }

  /**
   * Asks whether it has read an entry.
   *
   * @param entry its number in the ledger
   * @return what is wrong; empty if it has
   */
  public String ask(long entry) {
    ApiServer.Metrics metrics = address.metrics();
    if (!metrics.problem().isEmpty()) {
      return "cannot be asked: " + metrics.problem();
    }
    double read = metrics.value("certwright_ledger_entry");
    if (Double.isNaN(read)) {
      return "cannot be asked: it is no certwright serve";
    }
    return read >= entry
        ? ""
        : "has read the ledger up to entry " + (long) read + " and not up to " + entry;
  }

  /** What goes on being possible with a certificate that it refuses, in sentences. */
  public List<String> leavesOpen() {
    return List.of(
        "behind an authorization webhook: members of system:masters, what is open now, and what the"
            + " API server has cached as allowed (authorizedTTL)");
  }
}

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
   * @param ledger which ledger, as {@link
   *     dev.certwright.revocation.authorization.SourceLedger#name} names it; empty for any
   * @return what is wrong; empty if it has
   */
  public String ask(long entry, String ledger) {
    return problem(address.metrics(), entry, ledger);
  }

  static String problem(ApiServer.Metrics metrics, long entry, String ledger) {
    if (!metrics.problem().isEmpty()) {
      return "cannot be asked: " + metrics.problem();
    }
    double read = metrics.value("certwright_ledger_entry");
    if (Double.isNaN(read)) {
      return "cannot be asked: it is no certwright serve";
    }
    String followed = metrics.label("certwright_ledger_info", "ledger");
    if (read > 0 && !ledger.isEmpty() && !ledger.equals(followed)) {
      return followed == null
          ? "does not tell which ledger it follows"
          : "follows another ledger (" + followed + ") than this one (" + ledger + ")";
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

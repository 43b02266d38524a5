package dev.certwright.cli.revocation;

import dev.certwright.revocation.authorization.AuthorizationConfiguration;
import dev.certwright.revocation.outlet.ApiServer;
import dev.certwright.revocation.outlet.AuthorizationFileOutlet;
import java.util.concurrent.locks.LockSupport;

/**
 * Whether an API server has loaded what was published, by the hash that it tells in its metrics.
 *
 * @param apiServer which
 * @param yes whether it has
 * @param detail why not, or that it has
 */
public record InForce(ApiServer apiServer, boolean yes, String detail) {
  private static final long PAUSE_NANOS = 100_000_000L;

  /**
   * Asks until it has, or the time is over.
   *
   * @param content of the file
   * @param patienceNanos 0 to ask once
   */
  static InForce of(
      AuthorizationFileOutlet outlet, ApiServer apiServer, byte[] content, long patienceNanos) {
    String hash = AuthorizationConfiguration.hash(content);
    long end = System.nanoTime() + patienceNanos;
    while (true) {
      ApiServer.Answer answer = apiServer.ask();
      if (answer.hash().equals(hash)) {
        return new InForce(apiServer, true, "has loaded this file");
      }
      if (System.nanoTime() - end >= 0) {
        return new InForce(
            apiServer,
            false,
            answer.problem().isEmpty()
                ? "has loaded another file ("
                    + answer.hash()
                    + ") than the one in "
                    + outlet.path()
                    + " ("
                    + hash
                    + ")"
                : "cannot be asked: " + answer.problem());
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}

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
 * @param answer what it said
 */
public record InForce(ApiServer apiServer, boolean yes, String detail, ApiServer.Answer answer) {
  private static final long PAUSE_NANOS = 100_000_000L;
  private static final long SILENT_NANOS = 3_000_000_000L;

  /** Whether it told which file it has loaded. */
  boolean isTold() {
    return answer.problem().isEmpty();
  }

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
    // Who does not answer at all is not waited for as long as who is still reading.
    long silentEnd = System.nanoTime() + SILENT_NANOS;
    while (true) {
      ApiServer.Answer answer = apiServer.ask();
      if (answer.hash().equals(hash)) {
        return new InForce(apiServer, true, "has loaded this file", answer);
      }
      boolean told = answer.problem().isEmpty();
      if (System.nanoTime() - (told ? end : Math.min(end, silentEnd)) >= 0) {
        return new InForce(
            apiServer,
            false,
            told
                ? "has loaded another file ("
                    + answer.hash()
                    + ") than the one in "
                    + outlet.path()
                    + " ("
                    + hash
                    + ")"
                    + (answer.refused() == 0
                        ? ""
                        : "; it has refused " + answer.refused() + " files since its start")
                : "cannot be asked: " + answer.problem(),
            answer);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }
}

package dev.certwright.cli.revocation;

import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.revocation.outlet.ApiServer;
import dev.certwright.revocation.outlet.AuthorizationFileOutlet;
import dev.certwright.revocation.outlet.InForce;
import dev.certwright.revocation.outlet.Outlet;
import dev.certwright.revocation.outlet.Outlets;
import dev.certwright.x509.SafeText;
import java.util.concurrent.locks.LockSupport;

/** Sees that an API server that was just prepared has loaded its file, when it is back. */
public final class SetupCheck {
  /** The kubelet takes up to a minute to restart an API server, and that as long to be ready. */
  private static final long PATIENCE_NANOS = 180_000_000_000L;

  private static final long PAUSE_NANOS = 1_000_000_000L;

  private SetupCheck() {}

  /**
   * Asks all API servers that are named, until they have it or the time is over.
   *
   * @return an {@link ExitCode}: 1 if one of them does not have it
   */
  public static int of(Outlets outlets, LoadedQuestion loaded, Console console) {
    int exitCode = ExitCode.OK;
    long end = System.nanoTime() + PATIENCE_NANOS;
    for (Outlet outlet : outlets.outlets()) {
      if (outlet instanceof AuthorizationFileOutlet file) {
        byte[] content = file.file().read();
        for (ApiServer server : file.apiServers()) {
          InForce found =
              await(server, loaded.of(file, content == null ? new byte[0] : content), end, console);
          String text = SafeText.ofEscaped(server.name()) + ": " + found.state().label() + ", ";
          if (found.state().isGood()) {
            console.out().print(text + SafeText.ofEscaped(found.detail()) + "\n");
          } else {
            exitCode = ExitCode.NO;
            console.error(text + SafeText.ofEscaped(found.detail()));
            console.hint(
                "certwright revocations status asks again; --undo puts the manifest back as it was");
          }
        }
      }
    }
    return exitCode;
  }

  private static InForce await(
      ApiServer server, InForce.Question asked, long end, Console console) {
    InForce found = InForce.of(server, asked);
    if (!found.state().isGood()) {
      console.out().print("waiting for " + SafeText.ofEscaped(server.name()) + "\n");
      console.flush();
    }
    while (!found.state().isGood() && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(PAUSE_NANOS);
      found = InForce.of(server, asked);
    }
    return found;
  }
}

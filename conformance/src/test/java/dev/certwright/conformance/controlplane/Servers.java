package dev.certwright.conformance.controlplane;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Starting servers on ports that are free, and waiting until they answer. */
public final class Servers {
  private static final int ATTEMPTS = 5;
  private static final Duration LIMIT = Duration.ofMinutes(2);
  private static final long PAUSE_NANOS = 40_000_000;

  private Servers() {}

  /** A server that is ready, and where. */
  record Started(GuardedProcess process, int port) {}

  /**
   * Starts a server on a free port. Between finding one and taking it another process may come;
   * then the server ends at once, and another port is tried.
   *
   * @param command of the port
   * @param problem what the one at the port still lacks; empty if it is ready
   */
  static Started start(
      IntFunction<List<String>> command, Path scratch, Path log, IntFunction<String> problem) {
    for (int attempt = 1; ; attempt++) {
      int port = freePort();
      GuardedProcess process = GuardedProcess.start(command.apply(port), scratch, log);
      if (await(() -> problem.apply(port), process)) {
        return new Started(process, port);
      }
      process.close();
      String said = process.log();
      if (attempt == ATTEMPTS
          || !said.toLowerCase(Locale.ROOT).contains("address already in use")) {
        throw new AssertionError("the server ended at its start, " + log + ":\n" + tail(said));
      }
    }
  }

  /** Waits until it is ready, or has ended, which gives false. */
  static boolean await(Supplier<String> problem, GuardedProcess process) {
    long end = System.nanoTime() + LIMIT.toNanos();
    while (process.isRunning()) {
      String lacking = problem.get();
      if (lacking.isEmpty()) {
        return true;
      }
      if (System.nanoTime() > end) {
        String said = process.log();
        process.close();
        throw new AssertionError(
            "not ready after " + LIMIT.toSeconds() + " s: " + lacking + "\n" + tail(said));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    return false;
  }

  private static String tail(String text) {
    return text.substring(Math.max(0, text.length() - 4_000));
  }

  /** A port of loopback that nobody listens on just now. */
  public static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

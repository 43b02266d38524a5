package dev.certwright.conformance.controlplane;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * A server that cannot outlive this process, however that one ends: a small shell waits at a pipe
 * whose other end is here, and kills the server when it closes.
 */
public final class GuardedProcess implements AutoCloseable {
  // $1 is a folder to remove at the end, or empty. In the background standard input would be
  // /dev/null, hence descriptor 3.
  private static final String GUARD =
      """
      scratch=$1
      shift
      exec 3<&0
      # What is sent to the whole group must end the server, and leave those who clear up behind it.
      told=
      trap told=yes HUP INT TERM
      "$@" </dev/null 3<&- &
      server=$!
      { trap '' HUP INT TERM; cat <&3 >/dev/null; kill -9 "$server"; [ -z "$scratch" ] || rm -rf "$scratch"; } 2>/dev/null &
      watcher=$!
      exec 3<&-
      wait "$server"
      status=$?
      # A signal ends the waiting before the server has ended.
      while kill -0 "$server" 2>/dev/null; do wait "$server"; status=$?; done
      # At the end of the pipe the watcher has work to do still; else the server ended by itself.
      if [ "$status" -eq 137 ] || [ -n "$told" ]; then
        while kill -0 "$watcher" 2>/dev/null; do wait "$watcher"; done
      else
        kill -9 "$watcher" 2>/dev/null
      fi
      exit "$status"
      """;

  private final Process guard;
  private final Path log;

  private GuardedProcess(Process guard, Path log) {
    this.guard = guard;
    this.log = log;
  }

  /**
   * Starts a server.
   *
   * @param scratch removed when the server is stopped
   * @param log gets what it prints
   */
  public static GuardedProcess start(List<String> command, Path scratch, Path log) {
    List<String> words =
        new ArrayList<>(List.of("/bin/sh", "-c", GUARD, "guard", scratch.toString()));
    words.addAll(command);
    ProcessBuilder builder =
        new ProcessBuilder(words)
            .directory(new File("/"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile());
    // A variable such as ETCD_NAME or KC_DB would be a setting.
    builder.environment().keySet().retainAll(Set.of("PATH", "HOME", "TMPDIR"));
    // Go collects garbage less often: a start of kube-apiserver costs a fifth less.
    builder.environment().put("GOGC", "400");
    try {
      return new GuardedProcess(builder.start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it has not ended. */
  public boolean isRunning() {
    return guard.isAlive();
  }

  /** What the server printed so far. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills the server and waits until it is gone. */
  @Override
  public void close() {
    try {
      guard.getOutputStream().close();
      if (!guard.waitFor(30, TimeUnit.SECONDS)) {
        throw new AssertionError("the server whose log is " + log + " does not end");
      }
    } catch (IOException alreadyClosed) {
      guard.destroy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}

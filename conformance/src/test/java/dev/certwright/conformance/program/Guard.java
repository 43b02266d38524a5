package dev.certwright.conformance.program;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ends servers that this process started, when it has ended itself, however that was: a small shell
 * waits at a pipe whose other end is here, and kills what was named to it, with its children.
 */
final class Guard {
  // Behind the name, which may hold anything, the time of the start is the twentieth word of
  // /proc/PID/stat. By it nothing is killed that was given the number of a process that ended.
  private static final String SHELL =
      """
      trap '' HUP INT TERM
      named=
      while read -r server; do named="$named $server"; done
      for server in $named; do
        stat=$(cat "/proc/${server%:*}/stat" 2>/dev/null) || continue
        set -- ${stat##*) }
        [ "${20}" = "${server#*:}" ] || continue
        pid=${server%:*}
        kill -9 "$pid" $(cat "/proc/$pid/task/$pid/children" 2>/dev/null)
      done
      """;

  private static @Nullable OutputStream shell;

  private Guard() {}

  /** Ends the process of this number when this process ends. */
  static synchronized void endWithThis(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      List<String> words = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" ", 21));
      OutputStream named = shell == null ? open() : shell;
      shell = named;
      named.write((pid + ":" + words.get(19) + "\n").getBytes(StandardCharsets.US_ASCII));
      named.flush();
    } catch (IOException endedAlready) {
      if (Files.exists(Path.of("/proc", Long.toString(pid)))) {
        throw new UncheckedIOException(endedAlready);
      }
    }
  }

  private static OutputStream open() throws IOException {
    return new ProcessBuilder("/bin/sh", "-c", SHELL)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start()
        .getOutputStream();
  }
}

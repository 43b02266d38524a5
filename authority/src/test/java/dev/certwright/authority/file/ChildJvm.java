package dev.certwright.authority.file;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Another process that runs a main class of these tests; waited for by the lines it prints. */
final class ChildJvm implements AutoCloseable {
  private static final int SECONDS = 60;

  private final Process process;
  private final BufferedReader lines;

  private ChildJvm(Process process) {
    this.process = process;
    this.lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /**
   * Starts it through a shell.
   *
   * @param before what the shell does first, such as {@code umask 0}
   */
  static ChildJvm start(String before, Class<?> main, String... words) {
    List<String> command =
        new ArrayList<>(
            List.of(
                "sh",
                "-c",
                before + " && exec \"$@\"",
                "sh",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xshare:auto",
                "-Xmx128m",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
    command.addAll(List.of(words));
    try {
      return new ChildJvm(new ProcessBuilder(command).redirectErrorStream(true).start());
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  static ChildJvm start(Class<?> main, String... words) {
    return start(":", main, words);
  }

  /** The next line it prints, or null at its end. */
  @Nullable String line() {
    try {
      return lines.readLine();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** All that it still prints. */
  List<String> remainingLines() {
    List<String> all = new ArrayList<>();
    for (String line = line(); line != null; line = line()) {
      all.add(line);
    }
    return all;
  }

  /** Lets it go on that waits for its input to end. */
  void release() {
    try {
      OutputStream input = process.getOutputStream();
      input.close();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** kill -9, and waits until it is dead; what it printed before can still be read. */
  void kill() {
    process.toHandle().destroyForcibly();
    exitCode();
  }

  int exitCode() {
    try {
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("a child did not end in " + SECONDS + " s");
      }
      return process.exitValue();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}

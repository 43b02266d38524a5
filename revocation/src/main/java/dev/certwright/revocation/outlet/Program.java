package dev.certwright.revocation.outlet;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A program of the user's choice, run without a shell, with an end in time and a bound on what is
 * read of it.
 */
final class Program {
  private static final int SECONDS = 60;
  private static final int MOST_OUTPUT = 8 << 20;
  private static final int MOST_COMPLAINT = 500;

  private Program() {}

  /**
   * How it ended.
   *
   * @param problem empty if it succeeded
   * @param output standard output, read as UTF-8
   */
  record Result(String problem, String output) {}

  /** Runs it to its end. */
  static Result run(List<String> command, byte[] input) {
    return run(command, input, Map.of(), null);
  }

  /**
   * The same with variables of its own.
   *
   * @param folder where it runs; null for where this process does
   */
  static Result run(
      List<String> command, byte[] input, Map<String, String> variables, @Nullable Path folder) {
    String name = command.get(0);
    try {
      // Files, because a pipe that nobody empties stops both sides.
      Path in = Files.createTempFile("certwright", ".in");
      Path out = Files.createTempFile("certwright", ".out");
      Path err = Files.createTempFile("certwright", ".err");
      try {
        try (OutputStream stream = Files.newOutputStream(in)) {
          stream.write(input);
        }
        ProcessBuilder builder =
            new ProcessBuilder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        builder.environment().putAll(variables);
        if (folder != null) {
          builder.directory(folder.toFile());
        }
        Process process = builder.start();
        try {
          if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            return failed(name + " did not end in " + SECONDS + " s");
          }
        } finally {
          end(process);
        }
        if (process.exitValue() != 0) {
          return failed(
              name + " ended with " + process.exitValue() + complaint(read(err, MOST_COMPLAINT)));
        }
        return new Result("", new String(read(out, MOST_OUTPUT), StandardCharsets.UTF_8));
      } finally {
        Files.deleteIfExists(in);
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
      }
    } catch (IOException notStarted) {
      return failed(name + " cannot be run: " + notStarted.getMessage());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return failed("interrupted");
    }
  }

  /** With whatever it has started: a shell's ssh would go on, and put something in place late. */
  private static void end(Process process) {
    if (process.isAlive()) {
      List<ProcessHandle> started = process.descendants().toList();
      process.destroyForcibly();
      for (ProcessHandle one : started) {
        one.destroyForcibly();
      }
    }
  }

  private static Result failed(String problem) {
    return new Result(problem, "");
  }

  private static byte[] read(Path file, int most) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(most);
    }
  }

  private static String complaint(byte[] said) {
    String text = new String(said, StandardCharsets.UTF_8).strip();
    return text.isEmpty() ? "" : ": " + text;
  }
}

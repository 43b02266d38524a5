package dev.certwright.conformance.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A program with its folder and environment. Of this process's environment only {@code PATH} is
 * passed on: what tests see must not depend on who runs them.
 */
public final class Program {
  private static final long LIMIT_SECONDS = 120;

  private final List<String> start;
  private final Path folder;
  private final Map<String, String> environment;

  private Program(List<String> start, Path folder, Map<String, String> environment) {
    this.start = List.copyOf(start);
    this.folder = folder;
    this.environment = Map.copyOf(environment);
  }

  /** The program with its first words. */
  public static Program of(Path folder, String... words) {
    String path = System.getenv("PATH");
    return new Program(List.of(words), folder, path == null ? Map.of() : Map.of("PATH", path));
  }

  /** The same in another folder. */
  public Program in(Path other) {
    return new Program(start, other, environment);
  }

  /** The same with one more variable. */
  public Program with(String variable, Object value) {
    Map<String, String> more = new HashMap<>(environment);
    more.put(variable, value.toString());
    return new Program(start, folder, more);
  }

  /** The same with more first words. */
  public Program withArguments(String... words) {
    return new Program(command(words), folder, environment);
  }

  /** Runs to the end, with nothing on standard input. */
  public Outcome run(String... words) {
    return runWith("", words);
  }

  /** Runs to the end. */
  public Outcome runWith(String input, String... words) {
    List<String> command = command(words);
    try {
      Path in = Files.createTempFile("program", ".in");
      Path out = Files.createTempFile("program", ".out");
      Path err = Files.createTempFile("program", ".err");
      try {
        Files.writeString(in, input);
        Process process =
            builder(command)
                .redirectInput(in.toFile())
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError(
              command + " did not end in " + LIMIT_SECONDS + " s: " + text(err) + text(out));
        }
        return new Outcome(String.join(" ", command), process.exitValue(), text(out), text(err));
      } finally {
        Files.delete(in);
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(String.join(" ", command), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /**
   * Starts it; standard output can be read, standard error goes where this process's goes. It does
   * not outlive this process.
   */
  public Process start(String... words) {
    try {
      Process process =
          builder(command(words)).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      Guard.endWithThis(process.pid());
      return process;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private List<String> command(String... words) {
    List<String> command = new ArrayList<>(start);
    command.addAll(List.of(words));
    return command;
  }

  private ProcessBuilder builder(List<String> command) {
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder;
  }

  private static String text(Path file) throws IOException {
    return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
  }
}

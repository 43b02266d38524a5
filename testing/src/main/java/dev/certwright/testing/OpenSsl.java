package dev.certwright.testing;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs the real openssl, 3 or newer; a missing or older one is a failure that says so. */
public final class OpenSsl {
  private static final int SECONDS = 60;

  private static volatile boolean versionChecked;

  private OpenSsl() {}

  /**
   * What came of a command.
   *
   * @param exitCode 0 for success
   * @param output what it printed to both streams
   */
  public record Result(int exitCode, String output) {}

  /** Runs it in a folder and expects success; blanks separate words, {@code 'a b'} is one. */
  public static String run(Path folder, String line) {
    Result result = tryRun(folder, line);
    if (result.exitCode() != 0) {
      throw new AssertionError(
          "openssl " + line + " ended with " + result.exitCode() + ": " + result.output());
    }
    return result.output();
  }

  /** Runs it in a folder, whatever comes of it. */
  public static Result tryRun(Path folder, String line) {
    if (!versionChecked) {
      String version = start(folder, List.of("openssl", "version")).output();
      if (!version.startsWith("OpenSSL ") || version.charAt(8) < '3') {
        throw new AssertionError(
            "these tests need openssl, 3 or newer, on the path; found " + version.strip());
      }
      versionChecked = true;
    }
    List<String> words = new ArrayList<>(List.of("openssl"));
    for (String part : line.split(" (?=(?:[^']*'[^']*')*[^']*$)", -1)) {
      words.add(part.replace("'", ""));
    }
    return start(folder, words);
  }

  private static Result start(Path folder, List<String> words) {
    try {
      Path output = Files.createTempFile("openssl", ".out");
      try {
        Process process =
            new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError(words + " did not end in " + SECONDS + " s");
        }
        return new Result(
            process.exitValue(), new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
      } finally {
        Files.delete(output);
      }
    } catch (IOException missing) {
      throw new UncheckedIOException("these tests need openssl, 3 or newer, on the path", missing);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }
}

package dev.certwright.cli;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs other programs, with a time limit; a missing one is a failure that says so. */
final class Shell {
  private static final long LIMIT_SECONDS = 60;

  private Shell() {}

  /** Runs a program in a folder and expects it to succeed. */
  static String run(Path folder, String... words) {
    Run run = attempt(folder, words);
    if (run.exitCode() != 0) {
      throw new AssertionError(
          String.join(" ", words) + " ended with " + run.exitCode() + ": " + run.err() + run.out());
    }
    return run.out();
  }

  /** Runs a program in a folder. */
  static Run attempt(Path folder, String... words) {
    try {
      Path out = Files.createTempFile("certwright-test", ".out");
      Path err = Files.createTempFile("certwright-test", ".err");
      try {
        ProcessBuilder builder =
            new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        TestHome.useIn(builder);
        Process process = builder.start();
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError(String.join(" ", words) + " did not end");
        }
        return new Run(
            process.exitValue(),
            Files.readString(out, StandardCharsets.UTF_8),
            Files.readString(err, StandardCharsets.UTF_8));
      } finally {
        Files.deleteIfExists(out);
        Files.deleteIfExists(err);
      }
    } catch (IOException missing) {
      throw new UncheckedIOException(
          "the tests need " + words[0] + " (openssl must be 3 or newer)", missing);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }

  /** Words that start Certwright as a process of its own. */
  static String[] certwright(String... words) {
    List<String> all =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.certwright.cli.Main"));
    all.addAll(Arrays.asList(words));
    return all.toArray(new String[0]);
  }
}

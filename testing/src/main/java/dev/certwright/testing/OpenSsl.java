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

/** Runs the real openssl, 3 or newer; a missing one is a failure that says so. */
public final class OpenSsl {
  private OpenSsl() {}

  /** Runs it in a folder and expects success; blanks separate words, {@code 'a b'} is one. */
  public static String run(Path folder, String line) {
    List<String> words = new ArrayList<>(List.of("openssl"));
    for (String part : line.split(" (?=(?:[^']*'[^']*')*[^']*$)", -1)) {
      words.add(part.replace("'", ""));
    }
    try {
      Path output = Files.createTempFile("openssl", ".out");
      Process process =
          new ProcessBuilder(words)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectInput(new File("/dev/null"))
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(words + " did not end");
      }
      String text = new String(Files.readAllBytes(output), StandardCharsets.UTF_8);
      Files.delete(output);
      if (process.exitValue() != 0) {
        throw new AssertionError(words + " ended with " + process.exitValue() + ": " + text);
      }
      return text;
    } catch (IOException missing) {
      throw new UncheckedIOException("these tests need openssl, 3 or newer, on the path", missing);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", interrupted);
    }
  }
}

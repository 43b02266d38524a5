package dev.certwright.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * What one command did.
 *
 * @param exitCode how it ended
 * @param out standard output
 * @param err standard error
 */
record Run(int exitCode, String out, String err) {

  /** Runs a command in this process. */
  static Run certwright(String... words) {
    return withInput("", Map.of(), words);
  }

  /** The same with standard input and environment. */
  static Run withInput(String input, Map<String, String> environment, String... words) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            TestHome.added(environment),
            false,
            false);
    int exitCode = Main.run(List.of(words), console);
    console.flush();
    return new Run(
        exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
  }
}

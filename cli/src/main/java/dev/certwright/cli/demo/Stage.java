package dev.certwright.cli.demo;

import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.Main;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Where the demo is shown: every command as if the temporary folder were the current one, so that a
 * reader sees the short lines that he would type.
 */
final class Stage {
  /** Folder of the ledger and of what else is kept. */
  static final String HOME = "ledger";

  private final Console console;
  private final Path folder;

  Stage(Console console, Path folder) {
    this.console = console;
    this.folder = folder;
  }

  void say(String text) {
    console.out().print(text + "\n");
    console.flush();
  }

  void step(String what) {
    say("");
    say(console.bold(what));
  }

  /** A line that somebody types. */
  void typed(String line) {
    say("  $ " + line);
  }

  /** Runs a command that must succeed. */
  void command(String... words) {
    run(ExitCode.OK, words);
  }

  /** Runs a command that must be refused. */
  void refused(String... words) {
    run(ExitCode.NO, words);
  }

  private void run(int expected, String... words) {
    typed("certwright " + String.join(" ", words));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    PrintStream both = new PrintStream(bytes, false, StandardCharsets.UTF_8);
    int exitCode =
        Main.run(
            absolute(words),
            new Console(
                InputStream.nullInputStream(),
                both,
                both,
                Map.of("CERTWRIGHT_HOME", folder.resolve(HOME).toString()),
                false,
                false));
    both.flush();
    String text = bytes.toString(StandardCharsets.UTF_8).replace(folder + "/", "");
    for (String line : text.split("\n", -1)) {
      if (!line.isEmpty()) {
        say("  " + line);
      }
    }
    if (exitCode != expected) {
      throw new CommandException(
          exitCode == ExitCode.OK ? ExitCode.BUG : exitCode,
          "this step of the demo ended with exit code "
              + exitCode
              + ", where "
              + expected
              + " was expected",
          "");
    }
  }

  /** Relative paths and defaults made absolute: a Java process cannot change its folder. */
  private List<String> absolute(String... words) {
    List<String> result = new ArrayList<>();
    boolean authority = false;
    boolean out = false;
    for (String word : words) {
      boolean path =
          word.startsWith("pki")
              || word.startsWith("other")
              || word.startsWith("clients/")
              || word.endsWith(".yaml");
      authority |= word.equals("--ca");
      out |= word.equals("--out");
      result.add(path ? folder.resolve(word).toString() : word);
    }
    boolean signs = words[0].equals("ca") || words[0].equals("issue");
    if (signs && !authority) {
      result.add("--ca");
      result.add(folder.resolve("pki").toString());
    }
    if (words[0].equals("issue") && !out) {
      result.add("--out");
      result.add(folder.resolve("clients").toString());
    }
    return result;
  }
}

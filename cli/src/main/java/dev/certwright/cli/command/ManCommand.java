package dev.certwright.cli.command;

import dev.certwright.cli.Command;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Commands;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.line.ArgumentSpec;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.ManPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code certwright man}: man pages from the same descriptions as {@code --help}. */
public final class ManCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "man",
        "write man pages for all commands",
        "",
        List.of(new ArgumentSpec("FILE-FOLDER", "where to, such as man/man1", true, false)),
        List.of(),
        List.of(
            new CommandSpec.Example(
                "certwright man ~/.local/share/man/man1", "then: man certwright-issue")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    Path folder = Path.of(line.arguments().get(0));
    List<CommandSpec> specs = new ArrayList<>();
    for (Command command : Commands.all()) {
      specs.add(command.spec());
    }
    try {
      Files.createDirectories(folder);
      write(folder.resolve("certwright.1"), ManPage.overview(specs));
      for (CommandSpec spec : specs) {
        write(
            folder.resolve("certwright-" + spec.name().replace(' ', '-') + ".1"), ManPage.of(spec));
      }
    } catch (IOException failed) {
      throw new CommandException(
          ExitCode.OUTSIDE, "the man pages cannot be written: " + failed.getMessage(), "");
    }
    return ExitCode.OK;
  }

  private static void write(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}

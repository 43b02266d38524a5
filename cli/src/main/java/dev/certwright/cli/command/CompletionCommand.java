package dev.certwright.cli.command;

import dev.certwright.cli.Command;
import dev.certwright.cli.Commands;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.line.ArgumentSpec;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.CompletionScript;
import dev.certwright.cli.line.UsageException;
import java.util.ArrayList;
import java.util.List;

/** {@code certwright completion}: a script for the shell. */
public final class CompletionCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "completion",
        "print a completion script for bash, zsh or fish",
        "",
        List.of(new ArgumentSpec("SHELL", "bash, zsh or fish", true, false)),
        List.of(),
        List.of(
            new CommandSpec.Example("source <(certwright completion bash)", "for this bash"),
            new CommandSpec.Example(
                "certwright completion fish > ~/.config/fish/completions/certwright.fish",
                "for every fish to come")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    List<CommandSpec> specs = new ArrayList<>();
    for (Command command : Commands.all()) {
      specs.add(command.spec());
    }
    String shell = line.arguments().get(0);
    console
        .out()
        .print(
            switch (shell) {
              case "bash" -> CompletionScript.bash(specs);
              case "zsh" -> CompletionScript.zsh(specs);
              case "fish" -> CompletionScript.fish(specs);
              default ->
                  throw new UsageException(
                      "there is no completion for \""
                          + dev.certwright.x509.SafeText.of(shell)
                          + "\"",
                      "use bash, zsh or fish");
            });
    return ExitCode.OK;
  }
}

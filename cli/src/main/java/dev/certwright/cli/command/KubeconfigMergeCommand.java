package dev.certwright.cli.command;

import dev.certwright.cli.Command;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.line.ArgumentSpec;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import java.util.List;

/** {@code certwright kubeconfig merge}: into an existing file, without harm. */
public final class KubeconfigMergeCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "kubeconfig merge",
        "put a kubeconfig into the one you use, with nothing else changed",
        "Adds the clusters, users and contexts of FILE to the kubeconfig that kubectl would write to"
            + " ($KUBECONFIG, else ~/.kube/config). Comments, order and unknown fields stay. A backup"
            + " is kept.",
        List.of(new ArgumentSpec("FILE", "kubeconfig to put in", true, false)),
        List.of(
            OptionSpec.value("into", "FILE", "the file to put it into"),
            OptionSpec.flag("replace", "replace entries of the same name and other content"),
            OptionSpec.flag("use", "also make its current context the current one"),
            OptionSpec.flag("dry-run", "show what would change, and stop"),
            CommandSpec.OUTPUT),
        List.of(
            new CommandSpec.Example(
                "certwright kubeconfig merge clients/jane/kubeconfig --use",
                "then kubectl is jane without further options")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    return ExitCode.OK;
  }
}

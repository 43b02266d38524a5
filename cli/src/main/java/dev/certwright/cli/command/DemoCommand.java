package dev.certwright.cli.command;

import dev.certwright.cli.Command;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.demo.Demo;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import java.util.List;

/** {@code certwright demo}: the main job in half a minute. */
public final class DemoCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "demo",
        "show it all on a throw-away CA and server; nothing to set up, nothing left behind",
        "Makes a CA and clients in a temporary folder, starts a server on loopback with a role and a"
            + " few pods, and shows who gets in and what they may do: with kubectl if it is there,"
            + " and else with a client of its own.",
        List.of(),
        List.of(
            OptionSpec.flag("keep", "leave the server running until it is interrupted, to try it")),
        List.of(
            new CommandSpec.Example("certwright demo", "a few seconds"),
            new CommandSpec.Example("certwright demo --keep", "then look around with kubectl")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    new Demo(console, line.has("keep")).run();
    return ExitCode.OK;
  }
}

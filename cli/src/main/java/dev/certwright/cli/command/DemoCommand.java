package dev.certwright.cli.command;

import dev.certwright.cli.Command;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.demo.Demo;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import java.util.List;

/** {@code certwright demo}: the main job in half a minute. */
public final class DemoCommand implements Command {

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "demo",
        "show it all on a throw-away CA and server; nothing to set up, nothing left behind",
        "Makes a CA and a client in a temporary folder, shows them, and presents the certificate over"
            + " a real mutual-TLS connection to a server on loopback that it starts itself.",
        List.of(),
        List.of(),
        List.of(new CommandSpec.Example("certwright demo", "a few seconds")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    new Demo(console).run();
    return ExitCode.OK;
  }
}

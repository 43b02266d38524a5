package dev.certwright.cli;

import dev.certwright.cli.command.CaInitCommand;
import dev.certwright.cli.command.CaShowCommand;
import dev.certwright.cli.command.CanICommand;
import dev.certwright.cli.command.CompletionCommand;
import dev.certwright.cli.command.DemoCommand;
import dev.certwright.cli.command.ImportCommand;
import dev.certwright.cli.command.InspectCommand;
import dev.certwright.cli.command.IssueCommand;
import dev.certwright.cli.command.KubeconfigMergeCommand;
import dev.certwright.cli.command.LedgerExportCommand;
import dev.certwright.cli.command.LedgerHeadCommand;
import dev.certwright.cli.command.LedgerRestoreCommand;
import dev.certwright.cli.command.LedgerVerifyCommand;
import dev.certwright.cli.command.ListCommand;
import dev.certwright.cli.command.ManCommand;
import dev.certwright.cli.command.ReportCommand;
import dev.certwright.cli.command.RequestInfoCommand;
import dev.certwright.cli.command.RestrictCommand;
import dev.certwright.cli.command.RevocationsCanaryCommand;
import dev.certwright.cli.command.RevocationsPublishCommand;
import dev.certwright.cli.command.RevocationsSetupCommand;
import dev.certwright.cli.command.RevocationsStatusCommand;
import dev.certwright.cli.command.RevocationsWatchCommand;
import dev.certwright.cli.command.RulesCommand;
import dev.certwright.cli.command.ServeCommand;
import dev.certwright.cli.command.ShowCommand;
import dev.certwright.cli.command.VerifyCommand;
import dev.certwright.cli.command.WhoAmICommand;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All commands by name. A process loads only the one it runs. */
public final class Commands {
  private static final List<String> NAMES =
      List.of(
          "demo",
          "ca init",
          "ca show",
          "issue",
          "inspect",
          "verify",
          "can-i",
          "rules",
          "request-info",
          "whoami",
          "list",
          "show",
          "import",
          "report",
          "ledger verify",
          "ledger head",
          "ledger export",
          "ledger restore",
          "serve",
          "revoke",
          "suspend",
          "resume",
          "revocations publish",
          "revocations status",
          "revocations watch",
          "revocations canary",
          "revocations setup",
          "kubeconfig merge",
          "completion",
          "man");

  private Commands() {}

  /** The command of this name, or null. */
  public static @Nullable Command find(String name) {
    return switch (name) {
      case "issue" -> new IssueCommand();
      case "ca init" -> new CaInitCommand();
      case "ca show" -> new CaShowCommand();
      case "inspect" -> new InspectCommand();
      case "verify" -> new VerifyCommand();
      case "can-i" -> new CanICommand();
      case "rules" -> new RulesCommand();
      case "request-info" -> new RequestInfoCommand();
      case "whoami" -> new WhoAmICommand();
      case "list" -> new ListCommand();
      case "show" -> new ShowCommand();
      case "import" -> new ImportCommand();
      case "report" -> new ReportCommand();
      case "ledger verify" -> new LedgerVerifyCommand();
      case "ledger head" -> new LedgerHeadCommand();
      case "ledger export" -> new LedgerExportCommand();
      case "ledger restore" -> new LedgerRestoreCommand();
      case "serve" -> new ServeCommand();
      case "revoke" -> RestrictCommand.revoke();
      case "suspend" -> RestrictCommand.suspend();
      case "resume" -> RestrictCommand.resume();
      case "revocations publish" -> new RevocationsPublishCommand();
      case "revocations status" -> new RevocationsStatusCommand();
      case "revocations watch" -> new RevocationsWatchCommand();
      case "revocations canary" -> new RevocationsCanaryCommand();
      case "revocations setup" -> new RevocationsSetupCommand();
      case "kubeconfig merge" -> new KubeconfigMergeCommand();
      case "demo" -> new DemoCommand();
      case "completion" -> new CompletionCommand();
      case "man" -> new ManCommand();
      default -> null;
    };
  }

  /** Names in the order of {@code --help}. */
  public static List<String> names() {
    return NAMES;
  }

  /** Whether some command's name begins with this word and goes on. */
  public static boolean isGroup(String word) {
    for (String name : NAMES) {
      if (name.startsWith(word + " ")) {
        return true;
      }
    }
    return false;
  }

  /** All of them, in the order of {@code --help}. */
  public static List<Command> all() {
    List<Command> commands = new ArrayList<>();
    for (String name : NAMES) {
      Command command = find(name);
      if (command == null) {
        throw new IllegalStateException("the command " + name + " has a name and no code");
      }
      commands.add(command);
    }
    return commands;
  }
}

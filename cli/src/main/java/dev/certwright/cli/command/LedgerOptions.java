package dev.certwright.cli.command;

import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.line.UsageException;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.file.FileLedger;
import dev.certwright.ledger.sql.PostgresLedger;
import dev.certwright.ledger.sql.PostgresUrl;
import dev.certwright.x509.SafeText;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;

/** Options that say where the ledger is. */
final class LedgerOptions {
  static final OptionSpec LEDGER =
      OptionSpec.value(
              "ledger",
              "PLACE",
              "folder of the ledger, or postgresql://USER@HOST/DATABASE (default: CERTWRIGHT_HOME,"
                  + " else ~/.local/state/certwright)")
          .fromEnvironment();

  private LedgerOptions() {}

  /** The ledger that is meant; nothing is opened or created yet. */
  static Ledger ledger(CommandLine line, Console console) {
    String named = line.value("ledger");
    if (named != null && (named.startsWith("postgresql://") || named.startsWith("postgres://"))) {
      try {
        return new PostgresLedger(
            PostgresUrl.of(named), Actor.of(console.environment()), Clock.systemUTC());
      } catch (IllegalArgumentException wrong) {
        throw new UsageException(wrong.getMessage() + "", "");
      }
    }
    return new FileLedger(
        folder(line, console.environment()),
        Actor.of(console.environment()),
        Clock.systemUTC(),
        FileLedger.PATIENCE,
        warning -> console.warning(SafeText.ofEscaped(warning)));
  }

  /** Both typed, one of them is a mistake; a ledger of the settings gives way to what is typed. */
  static void refuseBoth(CommandLine line) {
    if (line.has("no-ledger") && line.isTyped("ledger")) {
      throw new UsageException(
          "--ledger names a ledger, and --no-ledger says that there is none",
          "leave one of them out");
    }
  }

  /** Whether there is a ledger to be asked; one in PostgreSQL is made with the first question. */
  static boolean exists(Ledger ledger) {
    return !(ledger instanceof FileLedger file) || Files.exists(file.file());
  }

  /** The ledger that is meant, for questions to it; it is said if there is none. */
  static Ledger existing(CommandLine line, Console console) {
    Ledger ledger = ledger(line, console);
    if (!exists(ledger)) {
      console.warning("there is no ledger yet: " + SafeText.ofEscaped(ledger.location()));
    }
    return ledger;
  }

  private static Path folder(CommandLine line, Map<String, String> environment) {
    String named = line.value("ledger");
    return named == null ? home(environment) : Path.of(named);
  }

  /** The folder of all state that is not told to be elsewhere. */
  static Path home(Map<String, String> environment) {
    String home = environment.getOrDefault("CERTWRIGHT_HOME", "");
    if (!home.isEmpty()) {
      return Path.of(home);
    }
    String state = environment.getOrDefault("XDG_STATE_HOME", "");
    // The XDG base directory specification: a relative path there is to be ignored.
    if (state.startsWith("/")) {
      return Path.of(state, "certwright");
    }
    String user = environment.getOrDefault("HOME", "");
    if (user.isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "there is no place for the ledger: neither CERTWRIGHT_HOME nor HOME is set",
          "set CERTWRIGHT_HOME to a folder, or name one with --ledger DIR");
    }
    return Path.of(user, ".local", "state", "certwright");
  }
}

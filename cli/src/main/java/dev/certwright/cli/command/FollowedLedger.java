package dev.certwright.cli.command;

import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.sql.PostgresLedger;
import dev.certwright.revocation.live.LedgerFollower;
import dev.certwright.revocation.live.RestrictedAccess;
import dev.certwright.x509.SafeText;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The ledger of a server, followed while it runs. */
final class FollowedLedger {
  private static final Duration FILE_PAUSE = Duration.ofMillis(100);
  private static final Duration DATABASE_PAUSE = Duration.ofMillis(250);

  private FollowedLedger() {}

  /** Read once, and followed from then on; null if nobody is to be refused. */
  static @Nullable LedgerFollower of(CommandLine line, Console console) {
    if (line.has("no-ledger")) {
      return null;
    }
    Ledger ledger;
    try {
      ledger = LedgerOptions.ledger(line, console);
    } catch (CommandException nowhere) {
      if (line.has("ledger")) {
        throw nowhere;
      }
      console.warning("no ledger is followed, so that revoked certificates are let in");
      console.hint("name one with --ledger, or say --no-ledger");
      return null;
    }
    LedgerFollower follower = new LedgerFollower(ledger, Clock.systemUTC());
    follower.refresh();
    RestrictedAccess access = follower.current();
    if (access == null) {
      console.warning(
          "nothing is allowed until the ledger can be read: "
              + SafeText.ofEscaped(follower.problem()));
    } else if (access.sequence() == 0 && line.has("ledger")) {
      console.warning("the ledger " + follower.location() + " has no entries yet");
    }
    follower.start(pause(ledger));
    return follower;
  }

  /** How long to wait between two looks at a ledger. */
  static Duration pause(Ledger ledger) {
    return ledger instanceof PostgresLedger ? DATABASE_PAUSE : FILE_PAUSE;
  }
}

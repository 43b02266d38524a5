package dev.certwright.cli.command;

import dev.certwright.cli.Console;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.output.Times;
import dev.certwright.identity.Identity;
import dev.certwright.ledger.Account;
import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.StandingRestriction;
import dev.certwright.ledger.Target;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.SafeText;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whose access the ledger says is taken back at a time. The ledger is asked once, for all of them,
 * when the first certificate is looked up: most lists have nobody who is to be looked up. Safe for
 * use by several threads.
 */
final class TakenBack {
  private final CommandLine line;
  private final Console console;
  private final Instant now;
  private @Nullable Map<Target, StandingRestriction> standing;

  TakenBack(CommandLine line, Console console, Instant now) {
    this.line = line;
    this.console = console;
    this.now = now;
  }

  /**
   * Why nobody is let in with a certificate.
   *
   * @return empty if it is not taken back, or the ledger is not to be asked
   * @throws dev.certwright.ledger.LedgerException if the ledger cannot tell
   */
  String why(Certificate certificate, Identity identity) {
    Map<Target, StandingRestriction> all = standing();
    StandingRestriction found =
        all.get(new Target(Target.Kind.CREDENTIAL, certificate.credentialId().value()));
    if (found != null) {
      return "there is a certificate that was " + said(found);
    }
    found = all.get(new Target(Target.Kind.USER, identity.name()));
    if (found == null && !identity.uid().isEmpty()) {
      found = all.get(new Target(Target.Kind.UID, identity.uid()));
    }
    return found == null
        ? ""
        : "whatever certificate is shown, this "
            + found.target().kind().label()
            + " was "
            + said(found);
  }

  private static String said(StandingRestriction restriction) {
    return restriction.type().label()
        + " "
        + Times.human(restriction.recorded())
        + (restriction.reason().isEmpty() ? "" : " (" + SafeText.of(restriction.reason()) + ")")
        + (restriction.type() == EntryType.SUSPENDED ? "; certwright resume gives it again" : "");
  }

  private synchronized Map<Target, StandingRestriction> standing() {
    Map<Target, StandingRestriction> known = standing;
    if (known == null) {
      known = line.has("no-ledger") ? Map.of() : ask();
      standing = known;
    }
    return known;
  }

  private Map<Target, StandingRestriction> ask() {
    Map<Target, StandingRestriction> found = new HashMap<>();
    try (Ledger ledger = LedgerOptions.ledger(line, console)) {
      if (LedgerOptions.exists(ledger)) {
        try (Account account = ledger.account()) {
          for (StandingRestriction one : account.restrictions(now)) {
            found.put(one.target(), one);
          }
        }
      }
    }
    return found;
  }
}

package dev.certwright.cli.command;

import dev.certwright.cli.Command;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.line.ArgumentSpec;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.line.UsageException;
import dev.certwright.cli.output.Documents;
import dev.certwright.cli.output.Times;
import dev.certwright.cli.revocation.Change;
import dev.certwright.cli.revocation.EquivalentTargets;
import dev.certwright.cli.revocation.Meant;
import dev.certwright.cli.revocation.MeantFinder;
import dev.certwright.cli.revocation.PublishRun;
import dev.certwright.ledger.Account;
import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.Event;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.Receipt;
import dev.certwright.ledger.Restriction;
import dev.certwright.ledger.StandingRestriction;
import dev.certwright.ledger.Target;
import dev.certwright.revocation.Denylist;
import dev.certwright.revocation.DenylistTooLargeException;
import dev.certwright.revocation.authorization.Refusals;
import dev.certwright.revocation.outlet.Outlets;
import dev.certwright.x509.SafeText;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@code certwright revoke}, {@code suspend} and {@code resume}: the ledger's entry first, then
 * every outlet.
 */
public final class RestrictCommand implements Command {
  private static final String WHAT =
      "WHAT is a user, whose certificates are all meant; a certificate or kubeconfig file, such as a"
          + " leaked one, whether it was recorded or not; a serial number, in decimal digits or as"
          + " openssl prints it (serial=0A1B); or a credential id from an audit log (X509SHA256=...) or"
          + " openssl (sha256 Fingerprint=AB:CD:...). --user and --uid mean a person, with every certificate and"
          + " every other credential, also those that nobody recorded. ";

  private final EntryType type;
  private final CommandSpec spec;

  private RestrictCommand(EntryType type, CommandSpec spec) {
    this.type = type;
    this.spec = spec;
  }

  /** Takes back for good. */
  public static RestrictCommand revoke() {
    return new RestrictCommand(
        EntryType.REVOKED,
        spec(
            "revoke",
            "take certificates back, so that API servers refuse them",
            WHAT
                + "The ledger is written first, and for a certificate finally; then every outlet in"
                + " the outlets file is brought up to date. Ends with exit code 1 if it is in force"
                + " nowhere, and 3 if an outlet could not be reached.",
            List.of(
                new CommandSpec.Example(
                    "certwright revoke jane --reason 'laptop stolen'",
                    "all of jane's certificates"),
                new CommandSpec.Example(
                    "certwright revoke leaked.kubeconfig --yes", "the one in a file, unasked"),
                new CommandSpec.Example(
                    "certwright revoke --user jane --dry-run", "what a ban of jane would do"))));
  }

  /** Takes back until it is given again. */
  public static RestrictCommand suspend() {
    return new RestrictCommand(
        EntryType.SUSPENDED,
        spec(
            "suspend",
            "take certificates back for now; resume gives them again",
            WHAT + "The same as revoke, but not final.",
            List.of(
                new CommandSpec.Example("certwright suspend jane", "until certwright resume"))));
  }

  /** Gives again. */
  public static RestrictCommand resume() {
    return new RestrictCommand(
        EntryType.RESUMED,
        spec(
            "resume",
            "give suspended certificates again, or let a banned person back in",
            WHAT
                + "A certificate that was revoked stays so: issue a new one. A person that was"
                + " revoked with --user can be let in again.",
            List.of(new CommandSpec.Example("certwright resume jane", "after suspend"))));
  }

  private static CommandSpec spec(
      String name, String summary, String description, List<CommandSpec.Example> examples) {
    return new CommandSpec(
        name,
        summary,
        description,
        List.of(
            new ArgumentSpec("WHAT", "user, file, serial number or credential id", false, true)),
        List.of(
            OptionSpec.value("user", "NAME", "a person by name (repeatable)").orEmpty().repeated(),
            OptionSpec.value("uid", "UID", "a person by uid (repeatable)").repeated(),
            OptionSpec.value("reason", "TEXT", "why; stands in the ledger"),
            OptionSpec.flag("yes", "do not ask"),
            OptionSpec.flag("dry-run", "show what is meant, and stop"),
            OptionSpec.flag(
                "allow-system-names", "let --user name a part of the cluster (system:...)"),
            LedgerOptions.LEDGER,
            OutletOptions.OUTLETS,
            OutletOptions.CANARY,
            CommandSpec.OUTPUT),
        examples);
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public int run(CommandLine line, Console console) {
    // An unreadable outlets file is to be found before anything is recorded.
    Outlets outlets = OutletOptions.outlets(line, console);
    try (Ledger ledger = LedgerOptions.ledger(line, console)) {
      List<String> banned = new ArrayList<>();
      List<Change> changes = changes(line, ledger, !outlets.outlets().isEmpty(), banned);
      List<Change> affected = new ArrayList<>(changes);
      affected.removeIf(change -> !change.isNeeded());
      boolean table = line.value("output", "table").equals("table");
      if (table) {
        console.out().print(describe(affected, changes.size() - affected.size()));
      }
      // Also of what was taken back before: the warning may have been missed then.
      boolean outOfReach = warnAboutMasters(console, changes);
      warnAboutOthers(console, affected);
      boolean nothingResumed = type == EntryType.RESUMED && affected.isEmpty();
      if (nothingResumed) {
        console.error("nothing was resumed");
      }
      warnAboutBanned(console, banned);
      int least = outOfReach || nothingResumed ? ExitCode.NO : ExitCode.OK;
      if (line.has("dry-run")) {
        return dryRun(line, console, affected, least);
      }
      long entry = 0;
      if (!affected.isEmpty()) {
        confirm(line, console, table ? "" : describe(affected, changes.size() - affected.size()));
        Receipt receipt = ledger.record(events(affected, line.value("reason", "")));
        Records.warn(console, ledger, receipt);
        entry = receipt.head().sequence();
        if (table) {
          console.out().print("recorded as entry " + entry + " of " + ledger.location() + "\n");
          console.out().print("published:\n");
          console.flush();
        }
      }
      PublishRun published =
          PublishRun.of(
              outlets,
              ledger,
              OutletOptions.lock(line, console),
              OutletOptions.loaded(line, console),
              false);
      List<String> alsoDo = alsoDo(affected);
      if (table) {
        published.print(console);
        for (String one : alsoDo) {
          console.out().print("  what else to do: " + one + "\n");
        }
      } else {
        Map<String, @Nullable Object> document = document(affected);
        document.put("ledgerEntry", entry);
        document.put("outlets", published.documents());
        document.put("alsoDo", new ArrayList<@Nullable Object>(alsoDo));
        Documents.print(console, line.value("output", "json"), document);
      }
      return Math.max(published.exitCode(), least);
    }
  }

  /**
   * What has to be recorded.
   *
   * @param carried whether there is an outlet that has to carry it
   * @param banned filled with those whose certificates are meant and who are taken back as persons
   */
  private List<Change> changes(
      CommandLine line, Ledger ledger, boolean carried, List<String> banned) {
    if (line.arguments().isEmpty() && !line.has("user") && !line.has("uid")) {
      throw new UsageException("whom? nothing was named", spec.usage());
    }
    try (Account account = ledger.account()) {
      MeantFinder finder = new MeantFinder(account, Instant.now());
      for (String user : line.values("user")) {
        refuseEmpty("user", user);
        if (user.startsWith("system:")
            && type != EntryType.RESUMED
            && !line.has("allow-system-names")) {
          throw new CommandException(
              ExitCode.NO,
              SafeText.of(user) + " is a part of the cluster, which may stop working without it",
              "say --allow-system-names if it is meant");
        }
        finder.person(Target.Kind.USER, user);
      }
      for (String uid : line.values("uid")) {
        refuseEmpty("uid", uid);
        finder.person(Target.Kind.UID, uid);
      }
      for (String what : line.arguments()) {
        finder.named(what);
      }
      List<Meant> meant = finder.found();
      EquivalentTargets equivalent = EquivalentTargets.of(meant, ledger);
      List<StandingRestriction> standing = account.restrictions(Instant.now());
      if (type == EntryType.RESUMED) {
        banned.addAll(banned(meant, standing));
      }
      List<Change> changes = Change.of(type, meant, equivalent, standing);
      if (carried) {
        requireCarriable(changes, standing);
      }
      return changes;
    }
  }

  /** Such as from a variable that is not set: an empty uid is that of all who have none. */
  private void refuseEmpty(String option, String name) {
    if (name.isEmpty() && type != EntryType.RESUMED) {
      throw new UsageException(
          "--" + option + " is empty; nothing was recorded", "name the person that is meant");
    }
  }

  /**
   * Sees that what is final does not keep everything else from being published for ever.
   *
   * @throws DenylistTooLargeException if outlets could carry the list, and not with this
   */
  private void requireCarriable(List<Change> affected, List<StandingRestriction> standing) {
    if (type == EntryType.RESUMED) {
      return;
    }
    List<StandingRestriction> then = new ArrayList<>(standing);
    for (Change change : affected) {
      for (Target target : change.targets()) {
        then.add(new StandingRestriction(target, type, null, "", "", Instant.EPOCH, 0));
      }
    }
    DenylistTooLargeException refused = problem(then);
    if (refused != null && problem(standing) == null) {
      throw new CommandException(
          ExitCode.NO,
          refused.getMessage() + "; nothing was recorded",
          "revoke --user NAME refuses all certificates of a person by one name; or "
              + refused.advice());
    }
  }

  private static @Nullable DenylistTooLargeException problem(List<StandingRestriction> standing) {
    try {
      List<Refusals> unused = Refusals.of(Denylist.of(standing), Refusals.Variables.ADMISSION);
      return null;
    } catch (DenylistTooLargeException refused) {
      return refused;
    }
  }

  private static Set<String> banned(List<Meant> meant, List<StandingRestriction> standing) {
    Set<String> users = new LinkedHashSet<>();
    for (Meant one : meant) {
      users.add(one.user());
    }
    for (Meant one : meant) {
      if (one.target().kind() == Target.Kind.USER) {
        users.remove(one.user());
      }
    }
    Set<String> refused = new HashSet<>();
    for (StandingRestriction restriction : standing) {
      if (restriction.target().kind() == Target.Kind.USER) {
        refused.add(restriction.target().value());
      }
    }
    users.retainAll(refused);
    return users;
  }

  private static void warnAboutBanned(Console console, List<String> banned) {
    for (String user : banned) {
      console.warning(
          SafeText.of(user) + " is refused as a person, whatever is shown, and stays so");
      console.hint("certwright resume --user " + SafeText.of(user) + " lets the person in again");
    }
  }

  private String describe(List<Change> affected, int others) {
    StringBuilder text = new StringBuilder();
    text.append(verb()).append(":\n");
    for (Change change : affected) {
      Meant one = change.meant();
      text.append("  ");
      if (one.target().kind() == Target.Kind.CREDENTIAL) {
        text.append("certificate ").append(one.target().value());
        if (!one.user().isEmpty()) {
          text.append(" of ").append(SafeText.of(one.user()));
        }
        text.append(
            one.notAfter() == null
                ? ", which the ledger does not know"
                : ", valid until " + Times.human(one.notAfter()));
        if (change.isCompletion() && type != EntryType.RESUMED) {
          text.append(", taken back already; now under ").append(change.targets().size());
          text.append(" further ids that it can be shown under");
        }
      } else {
        text.append("everything of ").append(one.target().kind().label()).append(' ');
        text.append(SafeText.of(one.target().value()));
      }
      text.append('\n');
    }
    if (affected.isEmpty()) {
      text.append("  nothing\n");
    }
    if (others > 0) {
      text.append("  (").append(others);
      text.append(
          type == EntryType.RESUMED
              ? " not suspended: what is revoked or expired stays so)\n"
              : " already taken back or expired)\n");
    }
    return text.toString();
  }

  private String verb() {
    return switch (type) {
      case REVOKED -> "revoke";
      case SUSPENDED -> "suspend";
      default -> "resume";
    };
  }

  /** What no outlet can do, for whoever has just taken something back for good. */
  private List<String> alsoDo(List<Change> affected) {
    List<String> what = new ArrayList<>();
    if (type != EntryType.REVOKED || affected.isEmpty()) {
      return what;
    }
    what.add(
        "look into the audit log for what was done with it, and change the Secrets that it could read");
    what.add(
        "delete what its user made meanwhile and what stays good: tokens of ServiceAccounts, bindings,"
            + " signed requests");
    Set<String> users = new LinkedHashSet<>();
    for (Change change : affected) {
      if (change.meant().target().kind() == Target.Kind.CREDENTIAL
          && !change.meant().user().isEmpty()) {
        users.add(change.meant().user());
      }
    }
    if (users.size() == 1) {
      what.add(
          "if the person must not come back with any other certificate or token: certwright revoke"
              + " --user "
              + SafeText.of(users.iterator().next()));
    }
    return what;
  }

  private boolean warnAboutMasters(Console console, List<Change> changes) {
    boolean any = false;
    for (Change change : changes) {
      Meant one = change.meant();
      if (one.isOutOfReach() && type != EntryType.RESUMED) {
        any = true;
        console.warning(
            SafeText.of(one.target().value())
                + (one.target().kind() == Target.Kind.CREDENTIAL
                    ? " is in system:masters"
                    : " has a certificate in system:masters")
                + ": no authorizer is asked about it, so that it stays in force until it expires");
      }
    }
    if (any) {
      console.hint(
          "an admission policy refuses its changes; only a new client CA ends it: take the old one"
              + " out of --client-ca-file");
    }
    return any;
  }

  private void warnAboutOthers(Console console, List<Change> affected) {
    for (Change change : affected) {
      Meant one = change.meant();
      if (!change.allKnown() && type != EntryType.RESUMED) {
        console.warning(
            one.target().value()
                + " is refused under this id alone: who has the certificate can write it in other"
                + " bytes, which have another id");
        console.hint("name its file, or let certwright import it first; or revoke --user NAME");
      }
    }
  }

  private int dryRun(CommandLine line, Console console, List<Change> affected, int exitCode) {
    if (line.value("output", "table").equals("table")) {
      console.out().print("nothing was recorded (--dry-run)\n");
    } else {
      Map<String, @Nullable Object> document = document(affected);
      document.put("dryRun", true);
      Documents.print(console, line.value("output", "json"), document);
    }
    return exitCode;
  }

  private static void confirm(CommandLine line, Console console, String unsaid) {
    if (line.has("yes")) {
      return;
    }
    if (!console.isErrTerminal()) {
      throw new CommandException(
          ExitCode.USAGE,
          "nobody can be asked here; nothing was recorded",
          "say --yes if it is meant");
    }
    console.err().print(unsaid);
    if (!console.confirm("Do it?")) {
      throw new CommandException(ExitCode.NO, "nothing was recorded", "");
    }
  }

  private List<Event> events(List<Change> affected, String reason) {
    List<Event> events = new ArrayList<>();
    for (Change change : affected) {
      events.addAll(change.meant().before());
    }
    for (Change change : affected) {
      Instant until = type == EntryType.RESUMED ? null : change.meant().until();
      for (Target target : change.targets()) {
        events.add(new Restriction(type, target, until, reason));
      }
    }
    return events;
  }

  private Map<String, @Nullable Object> document(List<Change> affected) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("action", verb());
    List<@Nullable Object> targets = new ArrayList<>();
    for (Change change : affected) {
      Meant one = change.meant();
      Map<String, @Nullable Object> target = new LinkedHashMap<>();
      target.put(one.target().kind().label(), one.target().value());
      if (one.target().kind() == Target.Kind.CREDENTIAL) {
        target.put("username", one.user());
        target.put("notAfter", one.notAfter() == null ? null : Times.rfc3339(one.notAfter()));
        target.put("outOfReach", one.isOutOfReach());
        target.put("ids", (long) change.targets().size());
      }
      targets.add(target);
    }
    document.put("targets", targets);
    return document;
  }
}

package dev.certwright.cli.command;

import dev.certwright.cli.Command;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.line.CommandSpec;
import dev.certwright.cli.line.OptionSpec;
import dev.certwright.cli.line.UsageException;
import dev.certwright.cli.revocation.LedgerSource;
import dev.certwright.cli.revocation.ListSource;
import dev.certwright.cli.revocation.OutletWatch;
import dev.certwright.cli.revocation.PublishedSource;
import dev.certwright.ledger.Ledger;
import dev.certwright.revocation.outlet.AuthorizationFileOutlet;
import dev.certwright.revocation.outlet.Outlet;
import dev.certwright.revocation.outlet.Outlets;
import dev.certwright.x509.SafeText;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code certwright revocations watch}: keeps outlets up to date while it runs. */
public final class RevocationsWatchCommand implements Command {
  private static final Duration FILE_PAUSE = Duration.ofMillis(500);
  private static final long LONGEST_END_SECONDS = 75;

  @Override
  public CommandSpec spec() {
    return new CommandSpec(
        "revocations watch",
        "keep every outlet up to date until it is stopped",
        "Publishes at once when the ledger changes, whoever changed it; and looks at every outlet"
            + " each minute (--interval): certificates that have expired leave the lists, revocation"
            + " lists are signed anew in time, what was changed by others is put right, and what"
            + " failed is tried again. Nothing is written that kube-apiserver would not load, and"
            + " nothing delivered that is there already. Says on standard output what it did, and"
            + " what API servers have loaded. SIGTERM ends it when the outlet at hand is done.\n\n"
            + "With --published FILE the list does not come from the ledger but from an"
            + " authorization file that was published elsewhere and carried here, such as in a"
            + " mounted Secret. Nothing but its lists is taken: whoever can change it can allow"
            + " nothing. That is how deploy/ keeps all control-plane nodes equal.",
        List.of(),
        List.of(
            OutletOptions.OUTLET,
            OptionSpec.value(
                "published", "FILE", "take the list from this file in place of the ledger"),
            OutletOptions.ALLOW_OTHER_LEDGER,
            OptionSpec.value("interval", "SECONDS", "between two looks at all (default: 60)"),
            OptionSpec.value(
                "ready-file", "FILE", "is there exactly while all is in force, for probes"),
            LedgerOptions.LEDGER,
            OutletOptions.OUTLETS,
            OutletOptions.CANARY),
        List.of(
            new CommandSpec.Example(
                "certwright revocations watch", "as a service on the machine with the ledger"),
            new CommandSpec.Example(
                "certwright revocations watch --published /mnt/authorization.yaml",
                "on a node that gets the list from elsewhere")));
  }

  @Override
  public int run(CommandLine line, Console console) {
    Outlets outlets = OutletOptions.outlets(line, console);
    if (outlets.outlets().isEmpty()) {
      throw new CommandException(
          ExitCode.USAGE,
          "there is nothing to watch: no outlet is in " + OutletOptions.file(line, console),
          "certwright revocations setup prepares a cluster, once");
    }
    String published = line.value("published");
    if (published == null) {
      try (Ledger ledger = LedgerOptions.ledger(line, console)) {
        return watch(
            line,
            console,
            outlets,
            new LedgerSource(ledger, line.has("allow-other-ledger")),
            FollowedLedger.pause(ledger));
      }
    }
    for (Outlet outlet : outlets.outlets()) {
      if (!(outlet instanceof AuthorizationFileOutlet)) {
        throw new UsageException(
            "the outlet " + SafeText.of(outlet.name()) + " cannot be made from --published",
            "only authorizationFile outlets can; name them with --outlet");
      }
    }
    return watch(
        line,
        console,
        outlets,
        new PublishedSource(Path.of(published), line.has("allow-other-ledger")),
        FILE_PAUSE);
  }

  private static int watch(
      CommandLine line, Console console, Outlets outlets, ListSource source, Duration pause) {
    String ready = line.value("ready-file");
    OutletWatch watch =
        new OutletWatch(
            outlets.outlets(),
            source,
            OutletOptions.lock(line, console),
            ready == null ? null : Path.of(ready),
            pause,
            interval(line.value("interval")),
            OutletOptions.loaded(line, console),
            console);
    CountDownLatch ended = new CountDownLatch(1);
    Thread hook = new Thread(() -> end(watch, ended), "certwright-stop");
    Runtime.getRuntime().addShutdownHook(hook);
    try {
      watch.run();
    } finally {
      ended.countDown();
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException endingAlready) {
        // Then it is what ended the watch.
      }
    }
    return ExitCode.OK;
  }

  private static void end(OutletWatch watch, CountDownLatch ended) {
    watch.stop();
    try {
      if (ended.await(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
        // To be asked to end and to end is success; the JVM would say 143.
        Runtime.getRuntime().halt(ExitCode.OK);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private static Duration interval(@Nullable String text) {
    if (text == null) {
      return Duration.ofMinutes(1);
    }
    try {
      int seconds = Integer.parseInt(text);
      if (seconds > 0 && seconds <= 86_400) {
        return Duration.ofSeconds(seconds);
      }
    } catch (NumberFormatException none) {
      // Said below.
    }
    throw new UsageException(
        "--interval is \"" + SafeText.of(text) + "\"", "give seconds, from 1 to 86400");
  }
}

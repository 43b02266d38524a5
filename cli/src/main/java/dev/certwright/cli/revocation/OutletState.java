package dev.certwright.cli.revocation;

import dev.certwright.authority.AuthorityException;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.output.Times;
import dev.certwright.revocation.RevocationException;
import dev.certwright.revocation.outlet.ApiServer;
import dev.certwright.revocation.outlet.AuthorizationFileOutlet;
import dev.certwright.revocation.outlet.FollowingServer;
import dev.certwright.revocation.outlet.Outlet;
import dev.certwright.revocation.outlet.RevocationListOutlet;
import dev.certwright.revocation.outlet.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with one place of an outlet: its file, or a server that reads it.
 *
 * @param outlet its name
 * @param place the file, or the server
 * @param refused how many the ledger says must be refused
 * @param state a word
 * @param since when it came to hold what it holds; null if not known
 * @param lag how long the ledger has said something else; null if it does not, or is not known
 * @param detail what more there is to say
 * @param exitCode what it means for the whole
 */
public record OutletState(
    String outlet,
    String place,
    int refused,
    String state,
    @Nullable Instant since,
    @Nullable Duration lag,
    String detail,
    int exitCode) {

  /** Of all places of an outlet. */
  public static List<OutletState> of(Outlet outlet, StatusQuestion asked) {
    List<OutletState> states = new ArrayList<>();
    Standing standing = asked.standing();
    try {
      byte[] content = outlet.file().read();
      if (content == null) {
        states.add(file(outlet, asked, "missing", "nothing was published", ExitCode.NO));
        return states;
      }
      boolean current = outlet.isUpToDate(standing, content);
      if (current) {
        states.add(file(outlet, asked, "current", "", ExitCode.OK));
      } else if (outlet instanceof RevocationListOutlet) {
        states.add(
            file(
                outlet,
                asked,
                "published",
                "a revocation list is replaced by every publication; look at its nextUpdate",
                ExitCode.OK));
      } else {
        states.add(
            file(
                outlet,
                asked,
                "outdated",
                "it differs from what the ledger says; publish it",
                ExitCode.NO));
      }
      if (outlet instanceof AuthorizationFileOutlet file) {
        for (ApiServer server : file.apiServers()) {
          InForce inForce = InForce.of(file, server, content, 0);
          states.add(
              inForce.isTold() || asked.canary() == null
                  ? of(outlet, asked, inForce, current)
                  : presented(outlet, asked, asked.canary(), inForce, current));
        }
      }
    } catch (RevocationException | AuthorityException unreadable) {
      states.add(file(outlet, asked, "unusable", unreadable.getMessage() + "", ExitCode.NO));
    }
    return states;
  }

  private static OutletState file(
      Outlet outlet, StatusQuestion asked, String state, String detail, int exitCode) {
    Instant since = null;
    try {
      since = Files.getLastModifiedTime(outlet.path()).toInstant();
    } catch (IOException absent) {
      // Then it is not known.
    }
    return new OutletState(
        outlet.name(),
        outlet.path().toString(),
        asked.refused(),
        state,
        since,
        exitCode == ExitCode.OK ? null : asked.age(),
        detail,
        exitCode);
  }

  private static OutletState of(
      Outlet outlet, StatusQuestion asked, InForce inForce, boolean current) {
    long since = inForce.answer().since();
    boolean good = inForce.yes() && current;
    return new OutletState(
        outlet.name(),
        inForce.apiServer().name(),
        asked.refused(),
        good ? "in force" : inForce.yes() ? "outdated" : "not in force",
        since == 0 ? null : Instant.ofEpochSecond(since),
        good ? null : asked.age(),
        inForce.detail(),
        good ? ExitCode.OK : inForce.isTold() ? ExitCode.NO : ExitCode.OUTSIDE);
  }

  private static OutletState presented(
      Outlet outlet, StatusQuestion asked, Canary canary, InForce inForce, boolean current) {
    ApiServer.Presentation shown =
        inForce.apiServer().present(canary.file(), Canary.USER, asked.environment());
    boolean newest = canary.entry() >= asked.newestEntry();
    String state = "not in force";
    String detail;
    int exitCode = ExitCode.NO;
    switch (shown.presented()) {
      case REFUSED -> {
        boolean good = newest && current;
        state = good ? "in force" : "not proven";
        exitCode = good ? ExitCode.OK : ExitCode.NO;
        detail =
            "refuses the canary of "
                + Times.human(canary.revoked())
                + (newest
                    ? ""
                    : "; whether also what was taken back later, a new canary would tell (certwright"
                        + " revocations canary)");
      }
      case NOT_REFUSED -> detail = "lets the canary in";
      case UNKNOWN -> {
        state = "not proven";
        detail = "does not know the CA that signed the canary";
      }
      default -> {
        detail = "cannot be asked: " + shown.detail();
        exitCode = ExitCode.OUTSIDE;
      }
    }
    return new OutletState(
        outlet.name(),
        inForce.apiServer().name(),
        asked.refused(),
        state,
        null,
        exitCode == ExitCode.OK ? null : asked.age(),
        detail,
        exitCode);
  }

  /** Of a server that follows the ledger by itself. */
  public static OutletState of(FollowingServer server, StatusQuestion asked) {
    if (!server.isAsked()) {
      return new OutletState(
          server.name(),
          "certwright serve",
          asked.refused(),
          "follows",
          null,
          null,
          "not asked: name a kubeconfig of someone who may get its /metrics",
          ExitCode.OK);
    }
    String problem = server.ask(asked.newestEntry());
    boolean outside = problem.startsWith("cannot");
    return new OutletState(
        server.name(),
        "certwright serve",
        asked.refused(),
        problem.isEmpty() ? "in force" : "not in force",
        null,
        problem.isEmpty() ? null : asked.age(),
        problem,
        problem.isEmpty() ? ExitCode.OK : outside ? ExitCode.OUTSIDE : ExitCode.NO);
  }

  /** As a row: outlet, place, refused, state, since, lag, detail. */
  public List<String> cells() {
    return List.of(
        outlet,
        place,
        Integer.toString(refused),
        state,
        since == null ? "" : Times.human(since),
        lag == null ? "" : lag.toSeconds() + " s",
        detail);
  }

  /** For programs. */
  public Map<String, @Nullable Object> document() {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("outlet", outlet);
    document.put("place", place);
    document.put("refused", (long) refused);
    document.put("state", state);
    document.put("since", since == null ? null : Times.rfc3339(since));
    document.put("lagSeconds", lag == null ? null : lag.toSeconds());
    document.put("detail", detail);
    document.put("ok", exitCode == ExitCode.OK);
    return document;
  }
}

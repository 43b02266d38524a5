package dev.certwright.cli.revocation;

import dev.certwright.authority.AuthorityException;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.output.Times;
import dev.certwright.revocation.RevocationException;
import dev.certwright.revocation.outlet.AdmissionPolicyOutlet;
import dev.certwright.revocation.outlet.ApiServer;
import dev.certwright.revocation.outlet.AuthorizationFileOutlet;
import dev.certwright.revocation.outlet.FollowingServer;
import dev.certwright.revocation.outlet.InForce;
import dev.certwright.revocation.outlet.Outlet;
import dev.certwright.revocation.outlet.Outlets;
import dev.certwright.revocation.outlet.PolicyCluster;
import dev.certwright.revocation.outlet.RevocationListOutlet;
import dev.certwright.revocation.outlet.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * How it stands with one place of an outlet: its file, or a server that reads it.
 *
 * @param outlet its name
 * @param place the file, or the server
 * @param refused how many are refused by it, where nothing is wrong
 * @param state a word
 * @param since when it came to hold what it holds; null if not known
 * @param lag how long ago the first of what it lacks was taken back, at most: where it is not known
 *     what it holds, all; null if it lacks nothing
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

  /** Of all places of all outlets, in order; who has to be asked is asked at the same time. */
  public static List<OutletState> of(Outlets outlets, StatusQuestion asked) {
    ExecutorService threads = Errand.threads();
    try {
      List<Errand<OutletState>> errands = new ArrayList<>();
      for (Outlet outlet : outlets.outlets()) {
        for (Callable<OutletState> question : questions(outlet, asked)) {
          Errand<OutletState> errand = new Errand<>();
          errand.begin(threads, question);
          errands.add(errand);
        }
      }
      for (FollowingServer server : outlets.servers()) {
        Errand<OutletState> errand = new Errand<>();
        errand.begin(threads, () -> of(server, asked));
        errands.add(errand);
      }
      List<OutletState> states = new ArrayList<>();
      for (Errand<OutletState> errand : errands) {
        states.add(errand.await());
      }
      return states;
    } finally {
      threads.shutdownNow();
    }
  }

  private static List<Callable<OutletState>> questions(Outlet outlet, StatusQuestion asked) {
    List<Callable<OutletState>> states = new ArrayList<>();
    Standing standing = asked.standing();
    int refused = asked.refused();
    try {
      byte[] content = outlet.file().read();
      if (content == null) {
        states.add(
            known(
                file(
                    outlet,
                    refused,
                    "missing",
                    asked.lagAfter(0),
                    "nothing was published" + wayBack(outlet, ", or it was removed"),
                    ExitCode.NO)));
        askOfNone(states, outlet, asked);
        unasked(states, outlet, refused, asked);
        return states;
      }
      refused = outlet.size(standing, content);
      boolean current = outlet.isUpToDate(standing, content);
      if (current) {
        states.add(known(file(outlet, refused, "current", null, "", ExitCode.OK)));
      } else {
        states.add(
            known(
                file(
                    outlet,
                    refused,
                    "outdated",
                    asked.lagAfter(outlet.source(content).entry()),
                    outlet instanceof RevocationListOutlet
                        ? "it lacks what the ledger says, is over, or is not signed by this CA; publish it"
                        : "it differs from what the ledger says; publish it",
                    ExitCode.NO)));
      }
      if (outlet instanceof AdmissionPolicyOutlet policy) {
        for (PolicyCluster cluster : policy.clusters()) {
          states.add(() -> of(outlet, asked, cluster, content, current));
        }
        if (policy.clusters().isEmpty() && policy.unasked().isEmpty()) {
          states.add(
              known(
                  unverified(
                      outlet.name(),
                      "cluster",
                      refused,
                      asked,
                      "nobody is asked whether a cluster has it: name it as clusters in the outlets"
                          + " file")));
        }
      }
      if (outlet instanceof AuthorizationFileOutlet file) {
        for (ApiServer server : file.apiServers()) {
          states.add(
              () ->
                  of(outlet, asked, InForce.of(server, asked.loaded().of(file, content)), current));
        }
        if (file.apiServers().isEmpty()) {
          states.add(
              known(
                  unverified(
                      outlet.name(),
                      "API server",
                      refused,
                      asked,
                      "none is asked whether it has loaded it: name them as apiServers in the outlets"
                          + " file")));
        }
      }
    } catch (RevocationException | AuthorityException unreadable) {
      states.add(
          known(
              file(
                  outlet,
                  refused,
                  "unusable",
                  asked.lagAfter(0),
                  unreadable.getMessage() + wayBack(outlet, ""),
                  ExitCode.NO)));
      askOfNone(states, outlet, asked);
    }
    unasked(states, outlet, refused, asked);
    return states;
  }

  private static void unasked(
      List<Callable<OutletState>> states, Outlet outlet, int refused, StatusQuestion asked) {
    for (String recipient : outlet.unasked()) {
      states.add(
          known(
              unverified(
                  outlet.name(),
                  recipient,
                  refused,
                  asked,
                  "gets the list, and "
                      + (outlet instanceof AuthorizationFileOutlet
                          ? "none of apiServers is named so: nobody is asked"
                          : "nobody can be asked")
                      + " whether it is in force there")));
    }
  }

  private static String wayBack(Outlet outlet, String words) {
    Path previous = outlet.file().previous();
    return Files.exists(previous) ? words + "; the one before is " + previous : "";
  }

  /** They go on with what they have loaded; who cannot be reached is to be seen all the same. */
  private static void askOfNone(
      List<Callable<OutletState>> states, Outlet outlet, StatusQuestion asked) {
    if (outlet instanceof AuthorizationFileOutlet file) {
      for (ApiServer server : file.apiServers()) {
        states.add(
            () ->
                of(outlet, asked, InForce.of(server, asked.loaded().of(file, new byte[0])), false));
      }
    }
    if (outlet instanceof AdmissionPolicyOutlet policy) {
      for (PolicyCluster cluster : policy.clusters()) {
        // It can be compared with what would be published.
        states.add(() -> of(outlet, asked, cluster, policy.content(asked.standing(), null), true));
      }
    }
  }

  /** What nobody has to be asked for. */
  private static Callable<OutletState> known(OutletState state) {
    return () -> state;
  }

  /** Nothing is known of a place, because nobody is asked. */
  private static OutletState unverified(
      String outlet, String place, int refused, StatusQuestion asked, String detail) {
    return new OutletState(
        outlet,
        place,
        refused,
        "unverified",
        null,
        null,
        detail,
        asked.unverifiedAllowed() ? ExitCode.OK : ExitCode.NO);
  }

  /**
   * Of the ledger itself, if it takes certificates back under some of their ids alone.
   *
   * @param ids those by which people know them
   */
  public static OutletState incomplete(String location, List<String> ids, StatusQuestion asked) {
    return new OutletState(
        "ledger",
        location,
        asked.refused(),
        "incomplete",
        null,
        null,
        IncompleteRevocations.describe(ids) + "; " + IncompleteRevocations.ADVICE,
        ExitCode.NO);
  }

  private static OutletState file(
      Outlet outlet,
      int refused,
      String state,
      @Nullable Duration lag,
      String detail,
      int exitCode) {
    Instant since = null;
    try {
      since = Files.getLastModifiedTime(outlet.path()).toInstant();
    } catch (IOException absent) {
      // Then it is not known.
    }
    return new OutletState(
        outlet.name(), outlet.path().toString(), refused, state, since, lag, detail, exitCode);
  }

  private static OutletState of(
      Outlet outlet, StatusQuestion asked, PolicyCluster cluster, byte[] content, boolean current) {
    String difference = cluster.difference(content);
    boolean good = difference.isEmpty() && current;
    boolean outside = difference.startsWith("cannot");
    return new OutletState(
        outlet.name(),
        cluster.name(),
        asked.refused(),
        good ? "in force" : difference.isEmpty() ? "outdated" : "not in force",
        null,
        good ? null : asked.lagAfter(current ? 0 : outlet.source(content).entry()),
        difference.isEmpty() ? "has the objects that were published" : difference,
        good ? ExitCode.OK : outside ? ExitCode.OUTSIDE : ExitCode.NO);
  }

  private static OutletState of(
      Outlet outlet, StatusQuestion asked, InForce inForce, boolean current) {
    InForce.State state = inForce.state();
    boolean good = state.isGood() && current;
    return new OutletState(
        outlet.name(),
        inForce.apiServer().name(),
        asked.refused(),
        state.isGood() && !current ? "outdated" : state.label(),
        inForce.since(),
        good ? null : asked.lagSince(inForce.since()),
        inForce.detail(),
        good ? ExitCode.OK : state == InForce.State.UNREACHABLE ? ExitCode.OUTSIDE : ExitCode.NO);
  }

  /** Of a server that follows the ledger by itself. */
  private static OutletState of(FollowingServer server, StatusQuestion asked) {
    if (!server.isAsked()) {
      return unverified(
          server.name(),
          "certwright serve",
          asked.refused(),
          asked,
          "follows the ledger, and is not asked how far: name a kubeconfig of someone who may get its"
              + " /metrics");
    }
    String problem = server.ask(asked.newestEntry(), asked.standing().origin().ledger().name());
    boolean outside = problem.startsWith("cannot");
    return new OutletState(
        server.name(),
        "certwright serve",
        asked.refused(),
        problem.isEmpty() ? "in force" : "not in force",
        null,
        problem.isEmpty() ? null : asked.lagSince(null),
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

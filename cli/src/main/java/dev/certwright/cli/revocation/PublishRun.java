package dev.certwright.cli.revocation;

import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.ledger.Head;
import dev.certwright.ledger.Ledger;
import dev.certwright.revocation.OutletAccessException;
import dev.certwright.revocation.authorization.Origin;
import dev.certwright.revocation.authorization.SourceLedger;
import dev.certwright.revocation.outlet.ApiServer;
import dev.certwright.revocation.outlet.AuthorizationFileOutlet;
import dev.certwright.revocation.outlet.FollowingServer;
import dev.certwright.revocation.outlet.InForce;
import dev.certwright.revocation.outlet.Outlet;
import dev.certwright.revocation.outlet.Outlets;
import dev.certwright.revocation.outlet.Publication;
import dev.certwright.revocation.outlet.Standing;
import dev.certwright.x509.SafeText;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Brings outlets up to date with the ledger, and says what is in force where. */
public final class PublishRun {
  /** kube-apiserver needs a tenth of a second for a short list, five seconds for the longest. */
  private static final long PATIENCE_NANOS = 15_000_000_000L;

  private static final long FOLLOWING_NANOS = 3_000_000_000L;
  private static final long PAUSE_NANOS = 50_000_000L;

  private final List<@Nullable Object> documents = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private final List<String> advice = new ArrayList<>();
  private int exitCode = ExitCode.OK;

  private final LoadedQuestion loaded;

  private PublishRun(LoadedQuestion loaded) {
    this.loaded = loaded;
  }

  /**
   * Publishes to all of them, one process after the other: what was read from the ledger before
   * another's entry must not take the place of what was read after it.
   *
   * @param lock file that processes take turns by; its folder must be there if there are outlets
   * @param loaded what API servers are asked with
   * @param replacingAny whether it may take the place of what is published from another ledger
   * @throws dev.certwright.revocation.DenylistTooLargeException if outlets cannot carry it
   * @throws OutletAccessException if the lock cannot be had
   */
  public static PublishRun of(
      Outlets outlets, Ledger ledger, Path lock, LoadedQuestion loaded, boolean replacingAny) {
    PublishRun run = new PublishRun(loaded);
    if (outlets.isEmpty()) {
      run.exitCode = ExitCode.NO;
      run.text.append("  nowhere: no outlet is set up\n");
      run.advice.add("certwright revocations setup prepares a cluster, once");
      return run;
    }
    long entry = ledger.head().sequence();
    for (FollowingServer server : outlets.servers()) {
      run.follow(server, entry);
    }
    if (outlets.outlets().isEmpty()) {
      return run;
    }
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (!held.isValid()) {
        throw new IOException("the lock was lost");
      }
      Standing standing = replacingAny ? standing(ledger).replacingAny() : standing(ledger);
      for (Outlet outlet : outlets.outlets()) {
        run.publish(outlet, standing);
      }
    } catch (IOException failed) {
      throw new OutletAccessException(
          "nothing was published: " + lock + " cannot be locked: " + failed.getMessage(),
          "what was recorded stays recorded; certwright revocations publish goes on from there",
          failed);
    }
    return run;
  }

  /** What the ledger says now. */
  public static Standing standing(Ledger ledger) {
    try (var account = ledger.account()) {
      while (true) {
        long last = account.lastRestriction();
        SourceLedger source =
            SourceLedger.of(ledger.at(1), last == 0 ? Head.NONE : ledger.at(last));
        Standing standing = Standing.of(account, Instant.now(), Origin.of(source, ledger::at));
        // Else another process has recorded something between the two questions.
        if (account.lastRestriction() == last) {
          return standing;
        }
      }
    }
  }

  private void follow(FollowingServer server, long entry) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("outlet", server.name());
    document.put("kind", "certwright serve");
    text.append("  ").append(SafeText.ofEscaped(server.name()));
    text.append(" (certwright serve): follows the ledger by itself");
    if (server.isAsked()) {
      String problem = server.ask(entry);
      long end = System.nanoTime() + FOLLOWING_NANOS;
      while (!problem.isEmpty() && !problem.startsWith("cannot") && System.nanoTime() - end < 0) {
        LockSupport.parkNanos(PAUSE_NANOS);
        problem = server.ask(entry);
      }
      text.append(problem.isEmpty() ? "; in force" : "; " + SafeText.ofEscaped(problem));
      if (problem.isEmpty()) {
        document.put("state", "in force");
      } else {
        failed(document, problem);
      }
    } else {
      text.append("; not asked");
      document.put("state", "follows");
    }
    text.append('\n');
    document.put("leavesOpen", open(server.leavesOpen()));
    documents.add(document);
  }

  private List<@Nullable Object> open(List<String> leavesOpen) {
    List<@Nullable Object> open = new ArrayList<>();
    for (String left : leavesOpen) {
      text.append("    leaves open: ").append(left).append('\n');
      open.add(left);
    }
    return open;
  }

  private void publish(Outlet outlet, Standing standing) {
    Publication.Result result = Publication.plan(outlet, standing).apply();
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("outlet", outlet.name());
    document.put("kind", outlet.kind());
    document.put("path", outlet.path().toString());
    document.put("refused", (long) standing.denylist().size());
    document.put("changed", result.changed());
    text.append("  ").append(SafeText.ofEscaped(outlet.name())).append(" (");
    text.append(outlet.kind()).append("): ");
    if (result.problem().isEmpty()) {
      text.append(result.changed() ? "written to " : "already in ").append(outlet.path());
      text.append(", ").append(standing.denylist().size()).append(" refused\n");
    } else {
      failed(document, result.problem());
      text.append("not published: ").append(SafeText.ofEscaped(result.problem())).append('\n');
      if (!result.advice().isEmpty()) {
        advice.add(result.advice());
      }
    }
    List<@Nullable Object> recipients = new ArrayList<>();
    for (Publication.Delivery delivery : result.deliveries()) {
      line(recipients, delivery.recipient().name(), delivery.problem(), "delivered");
    }
    if (!recipients.isEmpty()) {
      document.put("recipients", recipients);
    }
    if (outlet instanceof AuthorizationFileOutlet file && result.problem().isEmpty()) {
      askApiServers(document, file);
    }
    document.put("leavesOpen", open(outlet.leavesOpen()));
    documents.add(document);
  }

  private void askApiServers(Map<String, @Nullable Object> document, AuthorizationFileOutlet file) {
    byte[] content = file.file().read();
    List<@Nullable Object> servers = new ArrayList<>();
    for (ApiServer server : file.apiServers()) {
      InForce inForce =
          InForce.await(
              server, loaded.of(file, content == null ? new byte[0] : content), PATIENCE_NANOS);
      InForce.State state = inForce.state();
      line(
          servers,
          server.name(),
          state.isGood() ? "" : inForce.detail(),
          state == InForce.State.IN_FORCE
              ? state.label()
              : state.label() + ", " + inForce.detail());
    }
    if (servers.isEmpty()) {
      text.append(
              "    no API server was asked whether it has loaded it: name them as apiServers in")
          .append(" the outlets file\n");
    }
    document.put("apiServers", servers);
    document.put("verified", !servers.isEmpty());
  }

  private void line(List<@Nullable Object> lines, String name, String problem, String good) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("name", name);
    if (problem.isEmpty()) {
      document.put("state", good);
    } else {
      document.put("state", "failed");
      failed(document, problem);
    }
    text.append("    ").append(SafeText.ofEscaped(name)).append(": ");
    text.append(problem.isEmpty() ? good : SafeText.ofEscaped(problem)).append('\n');
    lines.add(document);
  }

  private void failed(Map<String, @Nullable Object> document, String problem) {
    document.put("problem", problem);
    exitCode = ExitCode.OUTSIDE;
  }

  /** Prints it for people. */
  public void print(Console console) {
    console.out().print(text);
    for (String one : advice) {
      console.hint(one);
    }
  }

  /** The same for programs. */
  public List<@Nullable Object> documents() {
    return documents;
  }

  /** An {@link ExitCode}: 1 if there is no outlet, 3 if one of them is not up to date. */
  public int exitCode() {
    return exitCode;
  }
}

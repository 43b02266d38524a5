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
import dev.certwright.revocation.outlet.Publication.Written;
import dev.certwright.revocation.outlet.Recipient;
import dev.certwright.revocation.outlet.Standing;
import dev.certwright.x509.SafeText;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
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
   * Publishes to all of them at the same time, and one process after the other to each: what was
   * read from the ledger before another's entry must not take the place of what was read after it.
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
    ExecutorService threads = Errand.threads();
    try (Turns turns = Turns.open(lock)) {
      run.publish(outlets, ledger, turns, replacingAny, threads);
    } catch (IOException failed) {
      throw new OutletAccessException(
          "nothing was published: " + lock + " cannot be locked: " + failed.getMessage(),
          "what was recorded stays recorded; certwright revocations publish goes on from there",
          failed);
    } finally {
      threads.shutdownNow();
    }
    return run;
  }

  /** An outlet on its way: its file is written first, all else is done at the same time. */
  private static final class Job {
    final Publication publication;
    final Written written;
    final List<Errand<String>> deliveries = new ArrayList<>();
    final List<Errand<InForce>> questions = new ArrayList<>();
    final List<InForce> answers = new ArrayList<>();

    /** How many it refuses. */
    final int size;

    Job(Publication publication, Standing standing) {
      this.publication = publication;
      this.written = publication.write();
      byte[] content = publication.content();
      this.size = content == null ? 0 : outlet().size(standing, content);
    }

    Outlet outlet() {
      return publication.outlet();
    }

    List<ApiServer> apiServers() {
      return written.problem().isEmpty() && outlet() instanceof AuthorizationFileOutlet file
          ? file.apiServers()
          : List.of();
    }
  }

  @SuppressWarnings("try") // The lock is held, not used.
  private void publish(
      Outlets outlets, Ledger ledger, Turns turns, boolean replacingAny, ExecutorService threads)
      throws IOException {
    long entry = ledger.head().sequence();
    String name = SourceLedger.of(ledger.at(1), Head.NONE).name();
    List<Errand<String>> followers = new ArrayList<>();
    for (FollowingServer server : outlets.servers()) {
      Errand<String> errand = new Errand<>();
      errand.begin(threads, () -> follows(server, entry, name));
      followers.add(errand);
    }
    List<Job> jobs = new ArrayList<>();
    if (!outlets.outlets().isEmpty()) {
      try (FileLock held = turns.toWrite()) {
        Standing said = standing(ledger);
        Standing standing = replacingAny ? said.replacingAny() : said;
        for (Outlet outlet : outlets.outlets()) {
          jobs.add(new Job(Publication.plan(outlet, standing), standing));
        }
      }
    }
    for (Job job : jobs) {
      deliver(job, turns, threads);
      ask(job, threads);
    }
    for (int i = 0; i < followers.size(); i++) {
      follow(outlets.servers().get(i), followers.get(i).await());
    }
    finish(jobs, threads);
  }

  private static void deliver(Job job, Turns turns, ExecutorService threads) {
    if (!job.written.problem().isEmpty()) {
      return;
    }
    // Also if nothing changed: an earlier delivery may have failed.
    for (Recipient recipient : job.outlet().recipients()) {
      Errand<String> errand = new Errand<>();
      errand.begin(threads, () -> deliver(job.publication, recipient, turns));
      job.deliveries.add(errand);
    }
  }

  /** Waits for its turn, and hands over what the outlet's file holds by then. */
  @SuppressWarnings("try") // The lock is held, not used.
  static String deliver(Publication publication, Recipient recipient, Turns turns) {
    try (FileLock held = turns.toDeliver(publication.outlet(), recipient)) {
      return publication.deliver(recipient);
    } catch (IOException failed) {
      return "nothing was handed over, because nobody can tell whose turn it is: "
          + failed.getMessage();
    }
  }

  private void ask(Job job, ExecutorService threads) {
    for (ApiServer server : job.apiServers()) {
      Errand<InForce> errand = new Errand<>();
      errand.begin(threads, () -> await((AuthorizationFileOutlet) job.outlet(), server));
      job.questions.add(errand);
    }
  }

  private InForce await(AuthorizationFileOutlet file, ApiServer server) {
    byte[] content = file.file().read();
    return InForce.await(
        server, loaded.of(file, content == null ? new byte[0] : content), PATIENCE_NANOS);
  }

  /** In the order of the outlets file, whoever came first. */
  private void finish(List<Job> jobs, ExecutorService threads) {
    List<List<String>> problems = new ArrayList<>();
    for (Job job : jobs) {
      List<String> ofJob = new ArrayList<>();
      for (Errand<String> delivery : job.deliveries) {
        ofJob.add(delivery.await());
      }
      problems.add(ofJob);
      for (Errand<InForce> question : job.questions) {
        job.answers.add(question.await());
      }
    }
    for (Job job : jobs) {
      for (int i = 0; i < job.answers.size() && !job.deliveries.isEmpty(); i++) {
        if (!job.answers.get(i).state().isGood()) {
          // It may be the server of a recipient that got it late.
          ApiServer server = job.apiServers().get(i);
          job.questions
              .get(i)
              .begin(threads, () -> await((AuthorizationFileOutlet) job.outlet(), server));
        }
      }
    }
    for (int i = 0; i < jobs.size(); i++) {
      Job job = jobs.get(i);
      for (int j = 0; j < job.answers.size(); j++) {
        if (job.questions.get(j).isBegun()) {
          job.answers.set(j, job.questions.get(j).await());
        }
      }
      report(job, problems.get(i));
    }
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

  /** What keeps a server from having read an entry, which it has a moment for; empty if nothing. */
  private static String follows(FollowingServer server, long entry, String ledger) {
    if (!server.isAsked()) {
      return "";
    }
    String problem = server.ask(entry, ledger);
    long end = System.nanoTime() + FOLLOWING_NANOS;
    while (!problem.isEmpty() && !problem.startsWith("cannot") && System.nanoTime() - end < 0) {
      LockSupport.parkNanos(PAUSE_NANOS);
      problem = server.ask(entry, ledger);
    }
    return problem;
  }

  private void follow(FollowingServer server, String problem) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("outlet", server.name());
    document.put("kind", "certwright serve");
    text.append("  ").append(SafeText.ofEscaped(server.name()));
    text.append(" (certwright serve): follows the ledger by itself");
    if (server.isAsked()) {
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

  private void report(Job job, List<String> problems) {
    Outlet outlet = job.outlet();
    Written result = job.written;
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("outlet", outlet.name());
    document.put("kind", outlet.kind());
    document.put("path", outlet.path().toString());
    document.put("refused", (long) job.size);
    document.put("changed", result.changed());
    text.append("  ").append(SafeText.ofEscaped(outlet.name())).append(" (");
    text.append(outlet.kind()).append("): ");
    if (result.problem().isEmpty()) {
      text.append(result.changed() ? "written to " : "already in ").append(outlet.path());
      text.append(", ").append(job.size).append(" refused\n");
    } else {
      failed(document, result.problem());
      text.append("not published: ").append(SafeText.ofEscaped(result.problem())).append('\n');
      if (!result.advice().isEmpty()) {
        document.put("advice", result.advice());
        advice.add(result.advice());
      }
    }
    List<@Nullable Object> recipients = new ArrayList<>();
    for (int i = 0; i < problems.size(); i++) {
      line(recipients, outlet.recipients().get(i).name(), problems.get(i), "delivered");
    }
    if (!recipients.isEmpty()) {
      document.put("recipients", recipients);
    }
    if (outlet instanceof AuthorizationFileOutlet && result.problem().isEmpty()) {
      answers(document, job.answers);
    }
    document.put("leavesOpen", open(outlet.leavesOpen()));
    documents.add(document);
  }

  private void answers(Map<String, @Nullable Object> document, List<InForce> answers) {
    List<@Nullable Object> servers = new ArrayList<>();
    for (InForce inForce : answers) {
      InForce.State state = inForce.state();
      line(
          servers,
          inForce.apiServer().name(),
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

package dev.certwright.cli.command;

import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.Finding;
import dev.certwright.authority.IssuanceRequest;
import dev.certwright.authority.Issuer;
import dev.certwright.authority.Lifetime;
import dev.certwright.authority.RefusedException;
import dev.certwright.authority.Severity;
import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.authority.file.ClientFolders;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.output.Progress;
import dev.certwright.cli.people.LineException;
import dev.certwright.cli.people.PeopleReader;
import dev.certwright.cli.people.Person;
import dev.certwright.x509.key.Cryptography;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.NativeCryptography;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Issues for a list. The list is read twice: first every line is checked, then those that passed
 * are carried out in batches on all cores. A batch is staged, made durable as a whole, and only
 * then put in its place, so that a power failure leaves everybody with all files or none. What
 * memory it takes does not depend on the number of people, but for sixteen bytes each to find names
 * given twice.
 */
final class BulkIssue {
  private static final int BATCH = 1024;

  /** Small, so that who stops it early has somebody. */
  private static final int FIRST_BATCH = 16;

  private static final int MAXIMUM_LINES = 100_000_000;

  private final CommandLine line;
  private final Console console;
  private final IssueSettings settings;
  private final Instant now = Instant.now();
  private final Path out;
  private final BulkReport report;
  private final BitSet refused = new BitSet();

  BulkIssue(CommandLine line, Console console, IssueSettings settings) {
    this.line = line;
    this.console = console;
    this.settings = settings;
    this.out = Path.of(line.value("out", "clients"));
    this.report = new BulkReport(console, line.value("output", "table"), line.has("dry-run"), out);
  }

  int run() {
    Cryptography cryptography = NativeCryptography.orPortable();
    AuthorityFiles files = AuthorityOptions.existing(line);
    CertificateAuthority authority =
        files.load(cryptography, AuthorityOptions.password(line, console, files.key()));
    TargetCluster cluster = ClusterOptions.cluster(line, files.readCertificates());
    Issuer issuer = new Issuer(authority, settings.policy());
    ClusterOptions.warnAboutDefault(line, console);
    try (PeopleSource source = PeopleSource.open(line.value("from", "-"), console.in())) {
      long good = check(source, issuer);
      if (!line.has("dry-run")) {
        try (ClientFolders folders = ClientFolders.open(out);
            Progress progress = new Progress(console, "issuing", good)) {
          ClusterOptions.warnAboutFolder(folders, out, console);
          BulkWorker worker =
              new BulkWorker(
                  cryptography,
                  authority,
                  issuer,
                  cluster,
                  folders,
                  settings,
                  !line.has("no-embed"),
                  line.has("force"),
                  now);
          carryOut(source, worker, folders, progress);
          // The last batch's names; those of earlier ones became durable with the batch after.
          folders.sync();
        }
      }
    } catch (IOException unreadable) {
      throw new CommandException(
          ExitCode.USAGE, "the list cannot be read: " + unreadable.getMessage(), "");
    }
    report.end();
    return report.failed() == 0 ? ExitCode.OK : ExitCode.NO;
  }

  /** First pass: nothing is signed before every line has been looked at. */
  private long check(PeopleSource source, Issuer issuer) throws IOException {
    NameSet names = new NameSet();
    long good = 0;
    try (PeopleReader reader = source.reader()) {
      while (true) {
        try {
          Person person = reader.next();
          if (person == null) {
            report.previewed();
            return good;
          }
          check(person, names, issuer);
          good++;
        } catch (LineException wrong) {
          refused.set((int) Math.min(wrong.line(), MAXIMUM_LINES));
          report.fail(wrong.line(), wrong.getMessage());
          if (wrong.line() >= MAXIMUM_LINES) {
            throw new IOException("more than " + MAXIMUM_LINES + " lines", wrong);
          }
        }
      }
    }
  }

  private void check(Person person, NameSet names, Issuer issuer) {
    if (!names.add(person.user())) {
      throw new LineException(person.line(), "the user is named in an earlier line already");
    }
    KeyType keyType = keyType(person, settings);
    try {
      report.preview(person, issuer.plan(request(person, settings), now), keyType);
    } catch (RefusedException against) {
      String rule = against.findings().isEmpty() ? "" : " [" + ruleOf(against) + "]";
      throw new LineException(person.line(), "refused: " + against.getMessage() + rule);
    }
  }

  private static String ruleOf(RefusedException refusal) {
    for (Finding finding : refusal.findings()) {
      if (finding.severity() == Severity.FORBIDDEN) {
        return finding.rule();
      }
    }
    return "";
  }

  /** Second pass. */
  private void carryOut(
      PeopleSource source, BulkWorker worker, ClientFolders folders, Progress progress)
      throws IOException {
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try (PeopleReader reader = source.reader()) {
      List<Person> batch = new ArrayList<>(BATCH);
      int size = FIRST_BATCH;
      boolean more = true;
      while (more) {
        Person person = null;
        try {
          person = reader.next();
          more = person != null;
        } catch (LineException reportedAlready) {
          continue;
        }
        if (person != null && !refused.get((int) Math.min(person.line(), MAXIMUM_LINES))) {
          batch.add(person);
        }
        if (batch.size() == size || !more && !batch.isEmpty()) {
          runBatch(batch, worker, folders, executor, threads);
          progress.advance(batch.size());
          batch.clear();
          size = Math.min(BATCH, size * 4);
        }
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private void runBatch(
      List<Person> batch,
      BulkWorker worker,
      ClientFolders folders,
      ExecutorService executor,
      int threads) {
    List<BulkOutcome> staged = inParallel(batch, threads, executor, worker::stage);
    folders.sync();
    List<BulkOutcome> published = inParallel(staged, threads, executor, worker::publish);
    for (BulkOutcome outcome : published) {
      Person person = outcome.person();
      report.outcome(
          outcome,
          keyType(person, settings),
          out.resolve(folders.folderOf(person.user()).getFileName()));
    }
  }

  private interface Step<T> {
    BulkOutcome apply(T input);
  }

  private static <T> List<BulkOutcome> inParallel(
      List<T> inputs, int threads, ExecutorService executor, Step<T> step) {
    List<Callable<List<BulkOutcome>>> tasks = new ArrayList<>();
    int size = (inputs.size() + threads - 1) / threads;
    for (int from = 0; from < inputs.size(); from += size) {
      List<T> part = inputs.subList(from, Math.min(inputs.size(), from + size));
      tasks.add(
          () -> {
            List<BulkOutcome> outcomes = new ArrayList<>(part.size());
            for (T input : part) {
              outcomes.add(step.apply(input));
            }
            return outcomes;
          });
    }
    List<BulkOutcome> outcomes = new ArrayList<>(inputs.size());
    try {
      for (Future<List<BulkOutcome>> future : executor.invokeAll(tasks)) {
        outcomes.addAll(future.get());
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.OUTSIDE, "interrupted", "run it again to go on");
    } catch (ExecutionException bug) {
      throw new IllegalStateException(bug.getCause());
    }
    return outcomes;
  }

  static IssuanceRequest request(Person person, IssueSettings settings) {
    Duration lifetime = settings.lifetime();
    if (person.ttl() != null) {
      try {
        lifetime = Lifetime.parse(person.ttl());
      } catch (IllegalArgumentException wrong) {
        throw new LineException(person.line(), wrong.getMessage() + "");
      }
    }
    return new IssuanceRequest(person.user(), person.groups(), person.uid(), lifetime, null);
  }

  static KeyType keyType(Person person, IssueSettings settings) {
    if (person.keyType() == null) {
      return settings.keyType();
    }
    KeyType type = KeyType.ofFlag(person.keyType());
    if (type == null) {
      throw new LineException(
          person.line(),
          "expected a key type of "
              + String.join(", ", KeyType.flags())
              + ", found \""
              + dev.certwright.x509.SafeText.of(person.keyType())
              + "\"");
    }
    return type;
  }
}

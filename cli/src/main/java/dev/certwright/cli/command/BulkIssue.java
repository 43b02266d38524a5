package dev.certwright.cli.command;

import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.Finding;
import dev.certwright.authority.IssuancePlan;
import dev.certwright.authority.IssuanceRequest;
import dev.certwright.authority.Issuer;
import dev.certwright.authority.Lifetime;
import dev.certwright.authority.RefusedException;
import dev.certwright.authority.Severity;
import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.authority.file.ClientFolders;
import dev.certwright.authority.file.FolderName;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.cli.line.CommandLine;
import dev.certwright.cli.output.Progress;
import dev.certwright.cli.people.LineException;
import dev.certwright.cli.people.PeopleReader;
import dev.certwright.cli.people.Person;
import dev.certwright.ledger.Event;
import dev.certwright.ledger.LedgerException;
import dev.certwright.x509.key.BulkCryptography;
import dev.certwright.x509.key.Cryptography;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.NativeCryptography;
import dev.certwright.x509.key.PortableCryptography;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/**
 * Issues for a list. The list is read twice: first every line is checked, then those that passed
 * are carried out in batches on all cores. A batch is staged, recorded, completed, made durable as
 * a whole, and only then put in its place, so that a power failure leaves everybody with all files
 * or none, and no certificate that is not recorded. What memory it takes does not depend on the
 * number of people, but for sixteen bytes each to find names given twice.
 */
final class BulkIssue {
  private static final int BATCH = 512;

  /** Small, so that who stops it early has somebody. */
  private static final int FIRST_BATCH = 16;

  /** So many for each thread, so that none waits long for another at the end of a batch. */
  private static final int PARTS = 4;

  /** With so many lines that are wrong, and fewer that are right, it is another file than meant. */
  private static final int MAXIMUM_UNFIT = 1000;

  private static final int MAXIMUM_LINES = 100_000_000;

  private final CommandLine line;
  private final Console console;
  private final IssueSettings settings;
  private final Instant now = Instant.now();
  private final Path out;
  private final BulkReport report;
  private final BitSet refused = new BitSet();
  private boolean signing;

  BulkIssue(CommandLine line, Console console, IssueSettings settings) {
    this.line = line;
    this.console = console;
    this.settings = settings;
    this.out = Path.of(line.value("out", "clients"));
    this.report = new BulkReport(console, line.value("output", "table"), line.has("dry-run"), out);
  }

  int run() {
    // The native provider takes longer to load than the checks of ten thousand lines.
    FutureTask<Cryptography> loading = new FutureTask<>(BulkIssue::cryptography);
    Thread loader = new Thread(loading, "native-cryptography");
    loader.setDaemon(true);
    loader.start();
    AuthorityFiles files = AuthorityOptions.existing(line);
    AuthorityOptions.warnIfReadable(files, console);
    CertificateAuthority authority =
        files.load(
            new PortableCryptography(), AuthorityOptions.password(line, console, files.key()));
    TargetCluster cluster = ClusterOptions.cluster(line, files.readCertificates(), console);
    Issuer issuer = new Issuer(authority, settings.policy());
    ExistingClients existing =
        new ExistingClients(authority, new TakenBack(line, console, now), now);
    ClusterOptions.warnAboutDefault(line, console);
    try (PeopleSource source = PeopleSource.open(line.value("from", "-"), console.in())) {
      long good = check(source, issuer, existing);
      if (!line.has("dry-run")) {
        signing = true;
        try (Records records = Records.open(line, console, cluster);
            ClientFolders folders = ClientFolders.open(out);
            Progress progress = new Progress(console, "issuing", good)) {
          ClusterOptions.warnAboutFolder(folders, out, console);
          Cryptography cryptography = await(loading);
          CertificateAuthority signing = authority.withKey(cryptography.adopt(authority.key()));
          BulkWorker worker =
              new BulkWorker(
                  cryptography,
                  signing,
                  new Issuer(signing, settings.policy()),
                  cluster,
                  folders,
                  settings,
                  records,
                  existing,
                  !line.has("no-embed"),
                  line.has("force"),
                  report.isDescribing(),
                  now);
          carryOut(source, worker, records, folders, progress);
        }
      }
    } catch (IOException unreadable) {
      CommandException stopped =
          new CommandException(
              ExitCode.USAGE, "the list cannot be read: " + unreadable.getMessage(), "");
      stop(stopped);
      throw stopped;
    } catch (RuntimeException failed) {
      stop(failed);
      throw failed;
    }
    report.end();
    return report.failed() == 0 ? ExitCode.OK : ExitCode.NO;
  }

  /** Who was made is said, and a document that has begun is ended, before the reason is told. */
  private void stop(RuntimeException failed) {
    if (signing || report.hasBegun()) {
      report.stop(failed.getMessage());
    }
  }

  private static Cryptography cryptography() {
    Cryptography found = NativeCryptography.find();
    return found == null ? BulkCryptography.prepare() : found;
  }

  /** First pass: nothing is signed before every line has been looked at. */
  private long check(PeopleSource source, Issuer issuer, ExistingClients existing)
      throws IOException {
    NameSet names = new NameSet();
    long good = 0;
    long unfit = 0;
    try (PeopleReader reader = source.reader()) {
      while (true) {
        try {
          Person person = reader.next();
          if (person == null) {
            report.previewed();
            return good;
          }
          if (check(person, names, issuer, existing)) {
            good++;
          }
        } catch (LineException wrong) {
          refused.set((int) Math.min(wrong.line(), MAXIMUM_LINES));
          report.fail(wrong.line(), wrong.getMessage());
          if (++unfit >= MAXIMUM_UNFIT && unfit > good) {
            throw new IOException(
                unfit
                    + " of the first "
                    + wrong.line()
                    + " lines are nobody's, so this is no list; nothing was made. The last of"
                    + " these, line "
                    + wrong.line()
                    + ": "
                    + wrong.getMessage(),
                wrong);
          }
          if (wrong.line() >= MAXIMUM_LINES) {
            throw new IOException("more than " + MAXIMUM_LINES + " lines", wrong);
          }
        }
      }
    }
  }

  /** Returns false if what is there already is in the way, which is told. */
  private boolean check(Person person, NameSet names, Issuer issuer, ExistingClients existing) {
    if (!names.add(person.user())) {
      throw new LineException(person.line(), "the user is named in an earlier line already");
    }
    KeyType keyType = keyType(person, settings);
    try {
      IssuancePlan plan = issuer.plan(request(person, settings), now);
      BulkOutcome lying = report.isShowingNext() ? lying(person, plan, existing) : null;
      if (lying != null && lying.problem() != null) {
        refused.set((int) Math.min(person.line(), MAXIMUM_LINES));
        report.fail(person.line(), lying.problem());
        return false;
      }
      report.preview(person, plan, keyType, lying, shown(person));
      return true;
    } catch (RefusedException against) {
      String rule = against.findings().isEmpty() ? "" : " [" + ruleOf(against) + "]";
      throw new LineException(person.line(), "refused: " + against.getMessage() + rule);
    }
  }

  /** How it stands with somebody who has a folder already; null if there is none to be kept. */
  private @Nullable BulkOutcome lying(Person person, IssuancePlan plan, ExistingClients existing) {
    Path folder = shown(person);
    return !line.has("force") && Files.exists(folder, LinkOption.NOFOLLOW_LINKS)
        ? existing.look(person, plan, folder)
        : null;
  }

  /** The folder as the user would write it: below the folder that was named. */
  private Path shown(Person person) {
    return out.resolve(FolderName.of(person.user()));
  }

  private static String ruleOf(RefusedException refusal) {
    for (Finding finding : refusal.findings()) {
      if (finding.severity() == Severity.FORBIDDEN) {
        return finding.rule();
      }
    }
    return "";
  }

  /**
   * Second pass. While the workers make the files of one batch, this thread puts the one before it
   * in its place and reads the one after it.
   */
  private void carryOut(
      PeopleSource source,
      BulkWorker worker,
      Records records,
      ClientFolders folders,
      Progress progress)
      throws IOException {
    int threads = Runtime.getRuntime().availableProcessors();
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try (PeopleReader reader = source.reader()) {
      List<Future<List<BulkOutcome>>> underWay = List.of();
      int size = FIRST_BATCH;
      List<Person> batch = next(reader, size);
      while (!batch.isEmpty() || !underWay.isEmpty()) {
        List<BulkOutcome> staged = new ArrayList<>();
        for (Future<List<BulkOutcome>> part : underWay) {
          staged.addAll(await(part));
        }
        underWay = stage(batch, worker, executor, threads);
        if (!staged.isEmpty()) {
          publish(staged, worker, records, folders);
          progress.advance(staged.size());
        }
        size = Math.min(BATCH, size * 4);
        batch = batch.isEmpty() ? batch : next(reader, size);
      }
    } catch (IOException | RuntimeException failed) {
      try {
        folders.sync();
      } catch (RuntimeException notDurable) {
        failed.addSuppressed(notDurable);
      }
      throw failed;
    } finally {
      executor.shutdownNow();
    }
    // The last batch's names; those of earlier ones became durable with the batch after.
    folders.sync();
  }

  /** The next people whose lines passed the checks, at most so many; empty at the end. */
  private List<Person> next(PeopleReader reader, int size) throws IOException {
    List<Person> batch = new ArrayList<>(size);
    while (batch.size() < size) {
      try {
        Person person = reader.next();
        if (person == null) {
          break;
        }
        if (!refused.get((int) Math.min(person.line(), MAXIMUM_LINES))) {
          batch.add(person);
        }
      } catch (LineException reportedAlready) {
        // Nobody: the first pass said so.
      }
    }
    return batch;
  }

  private static List<Future<List<BulkOutcome>>> stage(
      List<Person> batch, BulkWorker worker, ExecutorService executor, int threads) {
    int count = threads * PARTS;
    List<Future<List<BulkOutcome>>> parts = new ArrayList<>(count);
    int size = (batch.size() + count - 1) / count;
    for (int from = 0; from < batch.size(); from += size) {
      List<Person> part = batch.subList(from, Math.min(batch.size(), from + size));
      parts.add(
          executor.submit(
              () -> {
                List<BulkOutcome> outcomes = new ArrayList<>(part.size());
                for (Person person : part) {
                  outcomes.add(worker.stage(person));
                }
                return outcomes;
              }));
    }
    return parts;
  }

  private void publish(
      List<BulkOutcome> staged, BulkWorker worker, Records records, ClientFolders folders) {
    // No certificate is on the disk before it stands in the ledger. The other files need not be
    // durable by then: an entry without files may be, files without an entry may not.
    List<Event> events = new ArrayList<>(staged.size());
    for (BulkOutcome outcome : staged) {
      if (outcome.issued() != null) {
        events.add(outcome.issued());
      }
    }
    records.record(events);
    // With each that is written, its contents are let go of.
    staged.replaceAll(worker::complete);
    folders.sync();
    for (BulkOutcome outcome : staged) {
      Person person = outcome.person();
      report.outcome(worker.publish(outcome), keyType(person, settings), shown(person));
    }
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.get();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.OUTSIDE, "interrupted", "run it again to go on");
    } catch (ExecutionException bug) {
      if (bug.getCause() instanceof LedgerException unreadable) {
        throw unreadable;
      }
      throw new IllegalStateException(bug.getCause());
    }
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

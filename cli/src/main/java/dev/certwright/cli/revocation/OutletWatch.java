package dev.certwright.cli.revocation;

import dev.certwright.cli.Console;
import dev.certwright.cli.output.Times;
import dev.certwright.ledger.LedgerException;
import dev.certwright.revocation.RevocationException;
import dev.certwright.revocation.outlet.AdmissionPolicyOutlet;
import dev.certwright.revocation.outlet.ApiServer;
import dev.certwright.revocation.outlet.AuthorizationFileOutlet;
import dev.certwright.revocation.outlet.InForce;
import dev.certwright.revocation.outlet.Outlet;
import dev.certwright.revocation.outlet.PolicyCluster;
import dev.certwright.revocation.outlet.Publication;
import dev.certwright.revocation.outlet.RevocationListOutlet;
import dev.certwright.x509.SafeText;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps outlets up to date until it is stopped: at once when the list changes, and from time to
 * time anyway, because certificates expire, files are changed by others, and what failed may work
 * now. What is up to date is left alone: nothing is delivered twice.
 */
public final class OutletWatch {
  /** A failure is tried again after this, then twice this and so on. */
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

  private final List<Outlet> outlets;
  private final ListSource source;
  private final Path lock;
  private final @Nullable Path readyFile;
  private final Duration pause;
  private final Duration interval;
  private final LoadedQuestion loaded;
  private final Console console;

  private final Map<String, Done> done = new HashMap<>();
  private final Map<String, String> said = new HashMap<>();
  private Duration retry = FIRST_RETRY;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * Watches nothing yet.
   *
   * @param lock file that processes which publish take turns by
   * @param readyFile is there exactly as long as all is in force; null for none
   * @param pause between two looks at the source
   * @param interval after which all outlets are looked at, changed or not
   * @param loaded what API servers are asked with
   */
  public OutletWatch(
      List<Outlet> outlets,
      ListSource source,
      Path lock,
      @Nullable Path readyFile,
      Duration pause,
      Duration interval,
      LoadedQuestion loaded,
      Console console) {
    this.outlets = List.copyOf(outlets);
    this.source = source;
    this.lock = lock;
    this.readyFile = readyFile;
    this.pause = pause;
    this.interval = interval;
    this.loaded = loaded;
    this.console = console;
  }

  /** What an outlet holds since when, everywhere. */
  private record Done(Object fingerprint, Instant at) {}

  /** Goes on until it is stopped, or the thread is interrupted. */
  public void run() {
    Object version = null;
    Instant next = Instant.MIN;
    try {
      while (!isStopped()) {
        Object found = null;
        String problem = "";
        try {
          found = source.version();
        } catch (LedgerException | RevocationException unreadable) {
          problem = String.valueOf(unreadable.getMessage());
        }
        if (found == null) {
          ready(false);
          say("", "the list cannot be looked at: " + problem);
        } else if (!found.equals(version) || !Instant.now().isBefore(next)) {
          boolean good = pass();
          version = found;
          retry = good ? FIRST_RETRY : shorter(retry.multipliedBy(2), interval);
          next = Instant.now().plus(good ? interval : retry);
        }
        await();
      }
    } finally {
      ready(false);
    }
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) < 0 ? one : other;
  }

  private boolean isStopped() {
    return stopped.getCount() == 0 || Thread.currentThread().isInterrupted();
  }

  private void await() {
    try {
      boolean unused = stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException told) {
      stopped.countDown();
    }
  }

  /** Has it end when the outlet at hand is done; any thread may call it. */
  public void stop() {
    stopped.countDown();
  }

  /** Looks at all outlets once; says whether all is in force. */
  private boolean pass() {
    try (FileChannel channel =
            FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock held = channel.lock()) {
      if (!held.isValid()) {
        throw new IOException("the lock was lost");
      }
      ListSource.Wanted wanted = source.read();
      say("", "");
      boolean good = true;
      for (Outlet outlet : outlets) {
        if (isStopped()) {
          return false;
        }
        good &= outlet(outlet, wanted);
      }
      ready(good);
      return good;
    } catch (IOException | LedgerException | RevocationException failed) {
      ready(false);
      say("", "nothing was published: " + failed.getMessage());
      return false;
    }
  }

  private boolean outlet(Outlet outlet, ListSource.Wanted wanted) {
    Done before = done.get(outlet.name());
    Instant now = Instant.now();
    boolean listed = outlet instanceof RevocationListOutlet;
    if (listed
        && before != null
        && before.fingerprint().equals(wanted.fingerprint())
        && now.isBefore(before.at().plus(renewal((RevocationListOutlet) outlet)))) {
      return true;
    }
    Publication publication = wanted.plan(outlet);
    if (before == null
        || listed
        || publication.isChange()
        || !publication.problem().isEmpty()
        || isChangedByOthers(outlet, publication)) {
      done.remove(outlet.name());
      Publication.Result result = publication.apply();
      if (!say(outlet.name(), problem(result))) {
        return false;
      }
      done.put(outlet.name(), new Done(wanted.fingerprint(), now));
      tell(
          outlet.name(),
          (result.changed() ? "written to " : "already in ")
              + outlet.path()
              + ", "
              + wanted.size()
              + " refused");
    }
    return !(outlet instanceof AuthorizationFileOutlet file)
        || isLoaded(file, publication.content());
  }

  /** Whether a cluster does not have the objects that were published, or does not answer. */
  private static boolean isChangedByOthers(Outlet outlet, Publication publication) {
    byte[] content = publication.content();
    if (outlet instanceof AdmissionPolicyOutlet policy && content != null) {
      for (PolicyCluster cluster : policy.clusters()) {
        if (!cluster.difference(content).isEmpty()) {
          return true;
        }
      }
    }
    return false;
  }

  /** A list must be replaced long before its time is over. */
  private static Duration renewal(RevocationListOutlet outlet) {
    return outlet.validity().dividedBy(4);
  }

  private static String problem(Publication.Result result) {
    if (!result.problem().isEmpty()) {
      return "not published: " + result.problem();
    }
    for (Publication.Delivery delivery : result.deliveries()) {
      if (!delivery.problem().isEmpty()) {
        return delivery.recipient().name() + " did not get it: " + delivery.problem();
      }
    }
    return "";
  }

  private boolean isLoaded(AuthorizationFileOutlet outlet, byte @Nullable [] content) {
    boolean good = true;
    for (ApiServer server : outlet.apiServers()) {
      InForce inForce =
          InForce.of(server, loaded.of(outlet, content == null ? new byte[0] : content));
      String place = outlet.name() + ": " + server.name();
      good &= inForce.state().isGood();
      String text =
          inForce.state() == InForce.State.IN_FORCE
              ? inForce.state().label()
              : inForce.state().label() + ": " + inForce.detail();
      if (!text.equals(said.put(place, text))) {
        if (inForce.state().isGood()) {
          tell(place, text);
        } else {
          complain(place, text);
        }
      }
    }
    return good;
  }

  /** Says what is wrong, once until it is something else; says whether nothing is. */
  private boolean say(String place, String problem) {
    String before = said.put(place, problem);
    if (!problem.isEmpty() && !problem.equals(before)) {
      complain(place, problem);
    } else if (problem.isEmpty() && before != null && !before.isEmpty()) {
      tell(place, "works again");
    }
    return problem.isEmpty();
  }

  private void tell(String place, String text) {
    console.out().print(line(place, text) + "\n");
    console.flush();
  }

  private void complain(String place, String text) {
    console.error(line(place, text));
    console.flush();
  }

  private static String line(String place, String text) {
    return Times.rfc3339(Instant.now())
        + " "
        + (place.isEmpty() ? "" : SafeText.ofEscaped(place) + ": ")
        + SafeText.ofEscaped(text);
  }

  private void ready(boolean good) {
    if (readyFile == null) {
      return;
    }
    try {
      if (good) {
        Files.writeString(readyFile, Times.rfc3339(Instant.now()) + "\n");
      } else {
        Files.deleteIfExists(readyFile);
      }
    } catch (IOException failed) {
      say(readyFile.toString(), "cannot be written or removed: " + failed.getMessage());
    }
  }
}

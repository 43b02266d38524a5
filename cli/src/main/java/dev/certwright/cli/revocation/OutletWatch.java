package dev.certwright.cli.revocation;

import dev.certwright.cli.Console;
import dev.certwright.cli.output.Times;
import dev.certwright.ledger.LedgerException;
import dev.certwright.revocation.RevocationException;
import dev.certwright.revocation.outlet.ApiServer;
import dev.certwright.revocation.outlet.AuthorizationFileOutlet;
import dev.certwright.revocation.outlet.InForce;
import dev.certwright.revocation.outlet.Outlet;
import dev.certwright.revocation.outlet.Publication;
import dev.certwright.revocation.outlet.Recipient;
import dev.certwright.revocation.outlet.RevocationListOutlet;
import dev.certwright.x509.SafeText;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Keeps outlets up to date until it is stopped: at once when the list changes, and from time to
 * time anyway, because certificates expire, files are changed by others, and what failed may work
 * now. What is up to date is left alone: nothing is delivered twice. Who takes long keeps nobody
 * else from what is newer.
 */
public final class OutletWatch {
  /** A failure is tried again after this, then twice this and so on. */
  private static final Duration FIRST_RETRY = Duration.ofSeconds(1);

  /**
   * A pass waits for so long; who needs longer is looked at again when there is something to see.
   */
  private static final long PATIENCE_NANOS = 3_000_000_000L;

  private final List<Outlet> outlets;
  private final ListSource source;
  private final Path lock;
  private final @Nullable Path readyFile;
  private final Duration pause;
  private final Duration interval;
  private final LoadedQuestion loaded;
  private final Console console;

  private final ExecutorService threads = Errand.threads();
  private final Map<String, Done> done = new HashMap<>();
  private final Map<String, WatchedPlace> places = new LinkedHashMap<>();
  private final Map<String, WatchedServer> servers = new LinkedHashMap<>();
  private @Nullable Turns turns;
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

  /** What an outlet's file holds since when. */
  private record Done(Object fingerprint, Instant at, Publication publication) {}

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
        } else if (!found.equals(version) || !Instant.now().isBefore(next) || isSomethingDone()) {
          boolean good = pass();
          version = found;
          retry = good ? FIRST_RETRY : shorter(retry.multipliedBy(2), interval);
          next = Instant.now().plus(good ? interval : retry);
        }
        await();
      }
    } finally {
      ready(false);
      finish();
    }
  }

  /** Whether what an earlier pass did not wait for has come to its end. */
  private boolean isSomethingDone() {
    for (WatchedPlace place : places.values()) {
      if (place.isDone()) {
        return true;
      }
    }
    for (WatchedServer server : servers.values()) {
      if (server.isDone()) {
        return true;
      }
    }
    return false;
  }

  /** What is being handed over is not broken off, unless the thread is interrupted. */
  private void finish() {
    for (WatchedPlace place : places.values()) {
      place.end();
    }
    threads.shutdownNow();
    try {
      if (turns != null) {
        turns.close();
      }
    } catch (IOException failed) {
      // They go with the process.
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

  /** Has it end when what is under way is done; any thread may call it. */
  public void stop() {
    stopped.countDown();
  }

  /** Looks at all outlets once; says whether all is in force. */
  private boolean pass() {
    try {
      Turns held = turns;
      if (held == null || !held.isOpen()) {
        held = Turns.open(lock);
        turns = held;
      }
      boolean good = write(held);
      if (isStopped()) {
        return false;
      }
      for (Outlet outlet : outlets) {
        Done written = done.get(outlet.name());
        if (written != null) {
          begin(outlet, written.publication(), held);
        }
      }
      good &= isEverywhere();
      ready(good);
      return good;
    } catch (IOException | LedgerException | RevocationException failed) {
      ready(false);
      say("", "nothing was published: " + failed.getMessage());
      return false;
    }
  }

  /** Writes the files of all outlets; says whether all are as they should be. */
  @SuppressWarnings("try") // The lock is held, not used.
  private boolean write(Turns held) throws IOException {
    try (FileLock turn = held.toWrite()) {
      ListSource.Wanted wanted = source.read();
      say("", "");
      boolean good = true;
      for (Outlet outlet : outlets) {
        if (isStopped()) {
          return false;
        }
        good &= write(outlet, wanted);
      }
      return good;
    }
  }

  private boolean write(Outlet outlet, ListSource.Wanted wanted) {
    Done before = done.get(outlet.name());
    Instant now = Instant.now();
    if (outlet instanceof RevocationListOutlet list
        && before != null
        && before.fingerprint().equals(wanted.fingerprint())
        && now.isBefore(before.at().plus(renewal(list)))
        && before.publication().isThere()) {
      return true;
    }
    Publication publication = wanted.plan(outlet);
    Publication.Written written = publication.write();
    if (!say(
        outlet.name(), written.problem().isEmpty() ? "" : "not published: " + written.problem())) {
      done.remove(outlet.name());
      return false;
    }
    done.put(outlet.name(), new Done(wanted.fingerprint(), now, publication));
    if (written.changed() || before == null) {
      tell(
          outlet.name(),
          (written.changed() ? "written to " : "already in ")
              + outlet.path()
              + ", "
              + wanted.size()
              + " refused");
    }
    return true;
  }

  /** Hands over what is not there yet, and asks who can be asked, all at the same time. */
  private void begin(Outlet outlet, Publication publication, Turns held) {
    for (Recipient recipient : outlet.recipients()) {
      places
          .computeIfAbsent(
              outlet.name() + ", recipient " + recipient.name(), name -> new WatchedPlace())
          .step(publication, recipient, held, threads);
    }
    byte[] content = publication.content();
    if (outlet instanceof AuthorizationFileOutlet file && content != null) {
      for (ApiServer server : file.apiServers()) {
        servers
            .computeIfAbsent(outlet.name() + ": " + server.name(), name -> new WatchedServer())
            .step(content, () -> InForce.of(server, loaded.of(file, content)), threads);
      }
    }
  }

  /** Waits for a moment, and says of each place what it has. */
  private boolean isEverywhere() {
    long end = System.nanoTime() + PATIENCE_NANOS;
    boolean good = true;
    for (Map.Entry<String, WatchedPlace> one : places.entrySet()) {
      WatchedPlace place = one.getValue();
      place.await(end - System.nanoTime());
      say(one.getKey(), place.problem());
      good &= place.isGood();
    }
    for (Map.Entry<String, WatchedServer> one : servers.entrySet()) {
      InForce answer = one.getValue().await(end - System.nanoTime());
      if (answer != null) {
        good &= isLoaded(one.getKey(), answer);
      } else {
        good = false;
        if (one.getValue().isSlow()) {
          say(one.getKey(), "has not answered yet");
        }
      }
    }
    return good;
  }

  /** A list must be replaced long before its time is over. */
  private static Duration renewal(RevocationListOutlet outlet) {
    return outlet.validity().dividedBy(4);
  }

  private boolean isLoaded(String place, InForce inForce) {
    boolean good = inForce.state().isGood();
    String text =
        inForce.state() == InForce.State.IN_FORCE
            ? inForce.state().label()
            : inForce.state().label() + ": " + inForce.detail();
    if (!text.equals(said.put(place, text))) {
      if (good) {
        tell(place, text);
      } else {
        complain(place, text);
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

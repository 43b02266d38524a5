package dev.certwright.cluster;

import dev.certwright.rbac.RbacObject;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNumber;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlString;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Lists the objects of one kind and follows their changes, again and again until it is stopped. A
 * watch that ends is begun anew where it ended; when the server does not remember that far back, or
 * says anything that is not understood, all is listed anew.
 *
 * <p>Lists name no resource version: the server then answers by what is stored, never by what
 * another server knew some time ago.
 */
final class KindWatch implements Runnable {
  private static final System.Logger LOG = System.getLogger(KindWatch.class.getName());
  private static final int PAGE = 500;
  private static final int MOST_PAGES = 20_000;
  private static final int LONGEST_EVENT = 16 << 20;
  // A server sends a bookmark each minute: after two of them have not come, it is asked anew.
  private static final int SILENT_MILLIS = 150_000;
  private static final int SHORTEST_SECONDS = 300;
  private static final long LASTING_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final WatchedKind kind;
  private final Supplier<ApiServer> servers;
  private final LivePolicy policy;
  private final ReconnectDelay delay;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final AtomicLong lists = new AtomicLong();
  private final AtomicLong failures = new AtomicLong();
  private volatile long contact = System.nanoTime();
  private volatile String problem = "";
  private volatile @Nullable StoppableSockets open;
  private String version = "";

  KindWatch(
      WatchedKind kind, Supplier<ApiServer> servers, LivePolicy policy, ReconnectDelay delay) {
    this.kind = kind;
    this.servers = servers;
    this.policy = policy;
    this.delay = delay;
  }

  @Override
  public void run() {
    while (stopped.getCount() > 0) {
      long begun = System.nanoTime();
      try {
        ApiServer server = servers.get();
        if (version.isEmpty()) {
          list(server);
        }
        watch(server);
        if (System.nanoTime() - begun > LASTING_NANOS) {
          delay.reset();
          continue;
        }
      } catch (RuntimeException failed) {
        // A server that answers with anything but events has lost the thread, or we have.
        version = "";
        failed(String.valueOf(failed.getMessage()));
      } catch (IOException broken) {
        failed(
            "the watch of " + kind.resource() + " broke: " + String.valueOf(broken.getMessage()));
      }
      pause();
    }
  }

  private void pause() {
    try {
      boolean unused = stopped.await(delay.next(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException told) {
      stop();
    }
  }

  private void failed(String message) {
    if (stopped.getCount() == 0) {
      return;
    }
    failures.incrementAndGet();
    if (!message.equals(problem)) {
      problem = message;
      LOG.log(
          System.Logger.Level.WARNING,
          "{0} are not followed; what is known of them stays in force: {1}",
          kind.resource(),
          message);
    }
  }

  private void list(ApiServer server) {
    List<RbacObject> all = new ArrayList<>();
    String next = "";
    for (int page = 0; page < MOST_PAGES; page++) {
      ApiResponse response =
          server.get(
              kind.path()
                  + "?limit="
                  + PAGE
                  + (next.isEmpty()
                      ? ""
                      : "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8)));
      if (response.status() != ApiResponse.OK) {
        throw refused(server, "list", response.describe());
      }
      contact = System.nanoTime();
      YamlMapping list = object(server, response.body());
      all.addAll(kind.read(server, response.body()));
      next = WatchedKind.metadata(list, "continue");
      if (next.isEmpty()) {
        String found = WatchedKind.metadata(list, "resourceVersion");
        if (found.isEmpty()) {
          throw WatchedKind.unexpected(server, "a list without resourceVersion", null);
        }
        policy.replace(kind, all);
        lists.incrementAndGet();
        version = found;
        return;
      }
    }
    throw WatchedKind.unexpected(server, "more than " + MOST_PAGES + " pages", null);
  }

  private void watch(ApiServer server) throws IOException {
    int seconds = SHORTEST_SECONDS + ThreadLocalRandom.current().nextInt(SHORTEST_SECONDS);
    StoppableSockets sockets = server.stoppable();
    open = sockets;
    try (ApiStream stream =
        server.stream(
            kind.path()
                + "?watch=true&allowWatchBookmarks=true&resourceVersion="
                + URLEncoder.encode(version, StandardCharsets.UTF_8)
                + "&timeoutSeconds="
                + seconds,
            sockets,
            SILENT_MILLIS)) {
      contact = System.nanoTime();
      if (!problem.isEmpty()) {
        problem = "";
        LOG.log(System.Logger.Level.INFO, "{0} are followed again", kind.resource());
      }
      while (stopped.getCount() > 0) {
        byte[] line = stream.nextLine(LONGEST_EVENT);
        if (line == null) {
          return;
        }
        contact = System.nanoTime();
        if (!take(server, object(server, line))) {
          version = "";
          return;
        }
      }
    } finally {
      open = null;
    }
  }

  // False if all has to be listed anew.
  private boolean take(ApiServer server, YamlMapping event) {
    String type = event.get("type") instanceof YamlString text ? text.value() : "";
    if (!(event.get("object") instanceof YamlMapping object)) {
      throw WatchedKind.unexpected(server, "an event without object", null);
    }
    if (type.equals("ERROR")) {
      if (object.get("code") instanceof YamlNumber code
          && code.text().equals(String.valueOf(ApiResponse.GONE))) {
        return false;
      }
      throw refused(server, "watch", new ApiResponse(0, bytes(object)).describe());
    }
    String found = WatchedKind.metadata(object, "resourceVersion");
    switch (type) {
      case "ADDED", "MODIFIED" -> policy.put(one(server, object));
      case "DELETED" -> policy.remove(one(server, object));
      case "BOOKMARK" -> {
        // Only the resource version counts.
      }
      default -> throw WatchedKind.unexpected(server, "an event of an unknown type", null);
    }
    if (found.isEmpty()) {
      throw WatchedKind.unexpected(server, "an object without resourceVersion", null);
    }
    version = found;
    return true;
  }

  private RbacObject one(ApiServer server, YamlMapping object) {
    List<RbacObject> read = kind.read(server, bytes(object));
    if (read.size() != 1) {
      throw WatchedKind.unexpected(server, "an event about no " + kind.kind(), null);
    }
    return read.get(0);
  }

  private static byte[] bytes(YamlMapping object) {
    return JsonWriter.compact(object).getBytes(StandardCharsets.UTF_8);
  }

  private static YamlMapping object(ApiServer server, byte[] json) {
    try {
      if (YamlReader.lenient().readJson("the answer", json) instanceof YamlMapping object) {
        return object;
      }
    } catch (YamlException malformed) {
      throw WatchedKind.unexpected(server, malformed.problem(), malformed);
    }
    throw WatchedKind.unexpected(server, "JSON that is no object", null);
  }

  private ClusterException refused(ApiServer server, String verb, String answer) {
    return new ClusterException(
        server.address() + " does not let us " + verb + " " + kind.resource() + ": " + answer,
        "",
        null);
  }

  /** How long the server has said nothing; in order, that is at most a minute. */
  Duration silence() {
    return Duration.ofNanos(System.nanoTime() - contact);
  }

  long lists() {
    return lists.get();
  }

  long failures() {
    return failures.get();
  }

  /** Empty while it follows. */
  String problem() {
    return problem;
  }

  /** Ends it, also while it waits for the server. */
  void stop() {
    stopped.countDown();
    StoppableSockets sockets = open;
    if (sockets != null) {
      sockets.stop();
    }
  }
}

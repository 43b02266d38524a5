package dev.certwright.server.sandbox;

import dev.certwright.rbac.request.UnknownFieldException;
import dev.certwright.server.http.ResponseStream;
import dev.certwright.server.http.StreamSink;
import dev.certwright.server.wire.ObjectCodec;
import dev.certwright.yaml.YamlMapping;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NavigableMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One watch: events of what its client selected, from a store that it has seen to the one that is
 * there now. A client that is slow gets several changes as one; one that takes nothing for a minute
 * is ended, and so is one that is not allowed any more.
 */
final class WatchStream implements ResponseStream {
  private static final long PATIENCE = TimeUnit.MINUTES.toNanos(1);

  private final Sandbox sandbox;
  private final Selection selection;
  private final ObjectView view;
  private final boolean initialBookmark;
  private final boolean bookmarks;
  private final long end;
  private final BooleanSupplier allowed;

  // What is to be told next; objects, not bytes, so that a client that takes nothing costs little.
  private final Deque<Supplier<YamlMapping>> waiting = new ArrayDeque<>();
  private ObjectStore seen;
  private @Nullable StreamSink sink;
  private long stuckSince;

  /**
   * A watch.
   *
   * @param seen what the client knows; the empty store if all is to be told
   * @param initialBookmark whether the end of what is there already is told
   * @param bookmarks whether progress without events is told
   * @param seconds how long it may last
   * @param allowed whether the client may still see it
   */
  WatchStream(
      Sandbox sandbox,
      Selection selection,
      ObjectView view,
      ObjectStore seen,
      boolean initialBookmark,
      boolean bookmarks,
      long seconds,
      BooleanSupplier allowed) {
    this.sandbox = sandbox;
    this.selection = selection;
    this.view = view;
    this.seen = seen;
    this.initialBookmark = initialBookmark;
    this.bookmarks = bookmarks;
    this.end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    this.allowed = allowed;
  }

  @Override
  public void open(StreamSink opened) {
    synchronized (this) {
      sink = opened;
      boolean unused = catchUp();
      if (initialBookmark) {
        long revision = seen.revision();
        waiting.add(() -> view.bookmark(revision, true));
      }
    }
    opened.onWritable(this::advance);
    sandbox.add(this);
    opened.onClose(() -> sandbox.remove(this));
    advance();
  }

  /** Tells what has changed since it last did, as far as the client takes it. */
  synchronized void advance() {
    StreamSink to = sink;
    while (to != null && to.isWritable() && (!waiting.isEmpty() || catchUp())) {
      Supplier<YamlMapping> next = waiting.poll();
      if (next != null) {
        to.write(ObjectCodec.write(next.get(), view.mediaType(), false));
      }
    }
  }

  // Notes what is to be told; false if nothing has changed. All that came meanwhile is one change.
  private boolean catchUp() {
    ObjectStore now = sandbox.state().store();
    if (now.revision() == seen.revision()) {
      return false;
    }
    Instant time = Instant.now();
    long revision = now.revision();
    NavigableMap<String, StoredObject> before = seen.all(selection.resource());
    NavigableMap<String, StoredObject> after = now.all(selection.resource());
    for (StoredObject old : before.values()) {
      if (matches(old) && !after.containsKey(old.key())) {
        tell("DELETED", old.at(revision), time);
      }
    }
    for (StoredObject object : after.values()) {
      StoredObject old = before.get(object.key());
      boolean known = old != null && matches(old);
      if (old != null && old.revision() == object.revision()) {
        continue;
      }
      if (matches(object)) {
        tell(known ? "MODIFIED" : "ADDED", object, time);
      } else if (old != null && known) {
        tell("DELETED", old.at(revision), time);
      }
    }
    seen = now;
    if (bookmarks && waiting.isEmpty()) {
      waiting.add(() -> view.bookmark(revision, false));
    }
    return true;
  }

  private void tell(String change, StoredObject object, Instant time) {
    waiting.add(() -> view.event(change, object, time));
  }

  private boolean matches(StoredObject object) {
    try {
      return selection.matches(object);
    } catch (UnknownFieldException refusedBefore) {
      return false;
    }
  }

  synchronized void tend() {
    if (sink != null
        && (System.nanoTime() - end >= 0 || isStuck(sink) || !allowed.getAsBoolean())) {
      sink.end();
    }
  }

  private boolean isStuck(StreamSink to) {
    long now = System.nanoTime();
    if (to.isWritable()) {
      stuckSince = 0;
      return false;
    }
    stuckSince = stuckSince == 0 ? now : stuckSince;
    return now - stuckSince > PATIENCE;
  }
}

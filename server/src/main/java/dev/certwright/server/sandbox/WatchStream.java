package dev.certwright.server.sandbox;

import dev.certwright.rbac.request.UnknownFieldException;
import dev.certwright.server.http.ResponseStream;
import dev.certwright.server.http.StreamSink;
import dev.certwright.server.wire.ObjectCodec;
import dev.certwright.yaml.YamlMapping;
import java.time.Instant;
import java.util.NavigableMap;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One watch: events of what its client selected, from a store that it has seen to the one that is
 * there now. A client that does not keep up is left behind and ended, and one that is not allowed
 * any more too.
 */
final class WatchStream implements ResponseStream {
  private final Sandbox sandbox;
  private final Selection selection;
  private final ObjectView view;
  private final boolean initialBookmark;
  private final boolean bookmarks;
  private final long end;
  private final BooleanSupplier allowed;

  private ObjectStore seen;
  private @Nullable StreamSink sink;

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
    }
    sandbox.add(this);
    opened.onClose(() -> sandbox.remove(this));
    advance();
    if (initialBookmark) {
      synchronized (this) {
        send(view.bookmark(seen.revision(), true));
      }
    }
  }

  /** Tells all that has changed since it last did. */
  synchronized void advance() {
    ObjectStore now = sandbox.state().store();
    if (sink == null || now.revision() == seen.revision()) {
      return;
    }
    if (!sink.isWritable()) {
      sink.end();
      return;
    }
    Instant time = Instant.now();
    NavigableMap<String, StoredObject> before = seen.all(selection.resource());
    NavigableMap<String, StoredObject> after = now.all(selection.resource());
    boolean told = false;
    for (StoredObject old : before.values()) {
      if (matches(old) && !after.containsKey(old.key())) {
        send(view.event("DELETED", old, time));
        told = true;
      }
    }
    for (StoredObject object : after.values()) {
      StoredObject old = before.get(object.key());
      boolean known = old != null && matches(old);
      if (old != null && old.revision() == object.revision()) {
        continue;
      }
      if (matches(object)) {
        send(view.event(known ? "MODIFIED" : "ADDED", object, time));
        told = true;
      } else if (known) {
        send(view.event("DELETED", object, time));
        told = true;
      }
    }
    seen = now;
    if (bookmarks && !told) {
      send(view.bookmark(now.revision(), false));
    }
  }

  private boolean matches(StoredObject object) {
    try {
      return selection.matches(object);
    } catch (UnknownFieldException refusedBefore) {
      return false;
    }
  }

  synchronized void tend() {
    if (sink != null && (System.nanoTime() - end >= 0 || !allowed.getAsBoolean())) {
      sink.end();
    }
  }

  private void send(YamlMapping event) {
    if (sink != null) {
      sink.write(ObjectCodec.write(event, view.mediaType(), false));
    }
  }
}

package dev.certwright.server.sandbox;

import dev.certwright.server.discovery.ApiCatalog;
import dev.certwright.server.policy.Manifests;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The objects that count now, and the watches that are told when others do. */
public final class Sandbox {
  private static final System.Logger LOG = System.getLogger(Sandbox.class.getName());
  private static final int MOST_NAMED = 10;
  // Some kilobytes each.
  private static final int MOST_WATCHES = 5_000;

  private final Set<WatchStream> watches = ConcurrentHashMap.newKeySet();
  private volatile State state = new State(ApiCatalog.withCustom(List.of()), ObjectStore.EMPTY);

  /** What belongs together. */
  record State(ApiCatalog catalog, ObjectStore store) {}

  /** Takes other objects; called by one thread at a time. */
  public void update(Manifests manifests) {
    ApiCatalog catalog = ApiCatalog.withCustom(manifests.objects());
    ObjectStore store = state.store().next(manifests.objects(), catalog, Instant.now());
    state = new State(catalog, store);
    if (!store.unknown().isEmpty()) {
      LOG.log(
          System.Logger.Level.WARNING,
          "not served, because their kinds are not known: {0}; a CustomResourceDefinition among the"
              + " manifests makes its kind known",
          String.join(", ", store.unknown().stream().limit(MOST_NAMED).toList()));
    }
    for (WatchStream watch : watches) {
      watch.advance();
    }
  }

  /** Looks after the watches that are open: ends those that are not allowed any more, or over. */
  public void tend() {
    for (WatchStream watch : watches) {
      watch.tend();
    }
  }

  /** Which resources there are. */
  public ApiCatalog catalog() {
    return state.catalog();
  }

  /** How many watches are open. */
  public int watches() {
    return watches.size();
  }

  /** Whether there is no room for further watches. */
  boolean isFull() {
    return watches.size() >= MOST_WATCHES;
  }

  State state() {
    return state;
  }

  void add(WatchStream watch) {
    watches.add(watch);
  }

  void remove(WatchStream watch) {
    watches.remove(watch);
  }
}

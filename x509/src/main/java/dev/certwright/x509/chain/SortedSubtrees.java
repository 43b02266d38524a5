package dev.certwright.x509.chain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Subtrees in an order in which each stands before those it includes, the included ones left out. A
 * name is then compared with its nearest lower neighbour only, which makes the cost of a check the
 * logarithm of the number of constraints, and which is what upstream does even where it misses one
 * (rule XS-42).
 */
final class SortedSubtrees<T> {
  private final List<T> subtrees;

  SortedSubtrees(List<T> unordered, Comparator<T> order, BiPredicate<T, T> includes) {
    List<T> sorted = new ArrayList<>(unordered);
    sorted.sort(order);
    List<T> kept = new ArrayList<>(sorted.size());
    for (T subtree : sorted) {
      if (kept.isEmpty() || !includes.test(kept.get(kept.size() - 1), subtree)) {
        kept.add(subtree);
      }
    }
    this.subtrees = kept;
  }

  /** Compares a subtree with the name that is looked for. */
  interface Position<T> {
    int compare(T subtree);
  }

  /** Whether the name lies in a subtree. */
  interface Match<T> {
    boolean test(T subtree);
  }

  List<T> all() {
    return subtrees;
  }

  /** The subtree that the name lies in, as far as its neighbour tells; null if none. */
  @Nullable T find(Position<T> position, Match<T> match) {
    int low = 0;
    int high = subtrees.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (position.compare(subtrees.get(middle)) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    if (low < subtrees.size() && position.compare(subtrees.get(low)) == 0) {
      return subtrees.get(low);
    }
    if (subtrees.isEmpty()) {
      return null;
    }
    T neighbour = subtrees.get(Math.max(low - 1, 0));
    return match.test(neighbour) ? neighbour : null;
  }
}

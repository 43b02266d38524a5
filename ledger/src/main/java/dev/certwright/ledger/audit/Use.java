package dev.certwright.ledger.audit;

import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** How one credential was used, as the events read so far tell. */
public final class Use {
  /** The most source addresses that are kept of one credential. */
  public static final int ADDRESSES = 64;

  /** The most groups that are kept of one credential. */
  public static final int GROUPS = 1000;

  /**
   * The most characters that are kept of a user name or a group; a cut one ends with an ellipsis.
   */
  public static final int LONGEST_NAME = 500;

  private final String user;
  private final List<String> groups;
  private Instant first;
  private Instant last;
  private final Set<String> addresses = new LinkedHashSet<>();

  Use(String user, List<String> groups, Instant time) {
    this.user = user;
    this.groups = List.copyOf(groups);
    this.first = time;
    this.last = time;
  }

  void add(Instant time, String address) {
    if (time.isBefore(first)) {
      first = time;
    }
    if (time.isAfter(last)) {
      last = time;
    }
    if (!address.isEmpty() && addresses.size() < ADDRESSES) {
      addresses.add(address);
    }
  }

  /** The user name in the first event, cut if it is longer than {@link #LONGEST_NAME}. */
  public String user() {
    return user;
  }

  /** The first {@link #GROUPS} groups in the first event. */
  public List<String> groups() {
    return groups;
  }

  /** Earliest event, whole milliseconds. */
  public Instant first() {
    return first;
  }

  /** Latest event, whole milliseconds. */
  public Instant last() {
    return last;
  }

  /** The addresses that connected to the API server, without repetition. */
  public List<String> addresses() {
    return List.copyOf(addresses);
  }
}

package dev.certwright.ledger.sql;

import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.State;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * States as conditions on the columns of {@code k}, the certificate. Whether it is restricted is
 * looked up among the numbers of all that are, which the database collects once. The plus keeps an
 * index of those numbers out of it.
 */
final class StateCondition {
  private static final Set<State> RESTRICTED = EnumSet.of(State.REVOKED, State.SUSPENDED);
  private static final Set<State> PENDING = EnumSet.of(State.PENDING);
  private static final Set<State> ALL_BUT_EXPIRED = EnumSet.complementOf(EnumSet.of(State.EXPIRED));
  private static final Set<State> ALL_BUT_RESTRICTED =
      EnumSet.of(State.VALID, State.PENDING, State.UNKNOWN);

  private static final String IS_PENDING =
      "+k.sequence IN (SELECT p.sequence FROM certificate p WHERE p.not_before>?)";

  private StateCondition() {}

  /** Whether all wanted are restricted, so that they can be found from the restrictions. */
  static boolean isOfRestricted(Set<State> states) {
    return !states.isEmpty() && RESTRICTED.containsAll(states);
  }

  /** Whether all wanted are yet to begin. */
  static boolean isOfPending(Set<State> states) {
    return states.equals(PENDING);
  }

  /** What has to be asked besides {@link EndRange}; null if that says all. */
  static @Nullable SqlText orNull(Set<State> states, Instant now) {
    Set<State> others = EnumSet.noneOf(State.class);
    others.addAll(states);
    boolean expired = others.remove(State.EXPIRED);
    if (others.isEmpty() || others.equals(ALL_BUT_EXPIRED)) {
      return null;
    }
    if (!expired) {
      return notExpired(others, now);
    }
    long millis = now.toEpochMilli();
    return new SqlText()
        .add("((k.not_after<? AND k.not_after<>0)", millis)
        .add(" OR ((k.not_after>=? OR k.not_after=0) AND ", millis)
        .add(notExpired(others, now))
        .add("))");
  }

  private static SqlText notExpired(Set<State> states, Instant now) {
    SqlText sql = new SqlText().add("(1=0");
    if (states.containsAll(RESTRICTED)) {
      sql.add(" OR ").add(isRestricted(null));
    } else if (states.contains(State.REVOKED)) {
      sql.add(" OR ").add(isRestricted(EntryType.REVOKED));
    } else if (states.contains(State.SUSPENDED)) {
      sql.add(" OR (").add(isRestricted(EntryType.SUSPENDED));
      sql.add(" AND NOT ").add(isRestricted(EntryType.REVOKED)).add(")");
    }
    Set<State> unrestricted = EnumSet.copyOf(ALL_BUT_RESTRICTED);
    unrestricted.retainAll(states);
    if (!unrestricted.isEmpty()) {
      sql.add(" OR (NOT ").add(isRestricted(null));
      sql.add(beginning(unrestricted, now)).add(")");
    }
    return sql.add(")");
  }

  private static SqlText beginning(Set<State> states, Instant now) {
    SqlText sql = new SqlText();
    if (states.equals(ALL_BUT_RESTRICTED)) {
      return sql;
    }
    sql.add(" AND (1=0");
    if (states.contains(State.UNKNOWN)) {
      sql.add(" OR k.not_after=0");
    }
    if (states.contains(State.VALID)) {
      sql.add(" OR (k.not_after<>0");
      if (!states.contains(State.PENDING)) {
        sql.add(" AND NOT " + IS_PENDING, now.toEpochMilli());
      }
      sql.add(")");
    } else if (states.contains(State.PENDING)) {
      sql.add(" OR " + IS_PENDING, now.toEpochMilli());
    }
    return sql.add(")");
  }

  private static String isRestricted(@Nullable EntryType type) {
    return "+k.sequence IN (SELECT s.sequence FROM restricted s"
        + (type == null ? ")" : " WHERE s.type='" + type.label() + "')");
  }

  /**
   * The numbers of all that are restricted now, as the table {@code restricted} at the head of a
   * statement: collected once, wherever it is asked for. Those that have ended are expired and no
   * more.
   */
  static SqlText restricted(Instant now) {
    long millis = now.toEpochMilli();
    SqlText sql = new SqlText().add("WITH restricted (sequence, type) AS MATERIALIZED (");
    String union = "";
    for (String by :
        List.of(
            "r.kind='credential' AND x.credential_id=r.value AND (x.not_after>=? OR x.not_after=0)",
            "r.kind='user' AND x.user_name=r.value AND x.not_after>=?",
            "r.kind='user' AND x.user_name=r.value AND x.not_after=0 AND x.not_after<?",
            "r.kind='uid' AND x.uid=r.value AND x.uid<>'' AND (x.not_after>=? OR x.not_after=0)")) {
      sql.add(union)
          .add("SELECT x.sequence, r.type FROM restriction r CROSS JOIN certificate x")
          .add(" WHERE (r.until=0 OR r.until>?) AND " + by, millis, millis);
      union = " UNION ALL ";
    }
    return sql.add(") ");
  }
}

package dev.certwright.ledger.sql;

import dev.certwright.ledger.CertificateFilter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A way to the certificates of a filter: the one condition that an index is searched for. Databases
 * guess how many rows meet a condition, and SQLite has nothing to guess from; so the way is chosen
 * here ({@link PathChooser}), and all other conditions are written so that no index is searched for
 * them.
 */
enum AccessPath {
  /** By credential id, or its beginning. */
  CREDENTIAL,
  SERIAL_NUMBER,
  USER,
  CLUSTER,
  GROUP,
  /** From the restrictions. */
  RESTRICTION,
  /** By the beginning of validity. */
  PENDING,
  /** By the end of validity. */
  END,
  /** By the latest use. */
  LAST_SEEN,
  /** All there are, in the order that is wanted. */
  ORDER;

  /** Those that a filter has a condition for, the most promising first. */
  static List<AccessPath> of(CertificateFilter filter) {
    List<AccessPath> paths = new ArrayList<>();
    addIf(paths, CREDENTIAL, filter.credentialId() != null);
    addIf(paths, SERIAL_NUMBER, filter.serialNumber() != null);
    addIf(paths, USER, filter.user() != null);
    addIf(paths, CLUSTER, filter.cluster() != null);
    addIf(paths, GROUP, filter.group() != null);
    addIf(paths, RESTRICTION, StateCondition.isOfRestricted(filter.states()));
    addIf(paths, PENDING, StateCondition.isOfPending(filter.states()));
    addIf(paths, END, EndRange.of(filter).size() < EndRange.values().length);
    addIf(paths, LAST_SEEN, filter.notSeenSince() != null);
    return paths;
  }

  private static void addIf(List<AccessPath> paths, AccessPath path, boolean applies) {
    if (applies) {
      paths.add(path);
    }
  }

  /** The one whose index has the order that is wanted, and as few others as can be. */
  static AccessPath inOrder(CertificateFilter filter) {
    return switch (filter.order()) {
      case UNTIL -> filter.user() != null ? USER : of(filter).contains(END) ? END : ORDER;
      case USER -> filter.user() != null ? USER : ORDER;
      case RECORDED -> ORDER;
      case LAST_SEEN -> filter.notSeenSince() != null ? LAST_SEEN : ORDER;
    };
  }

  /** Whether the index of this way has an order. */
  boolean isIn(CertificateFilter.Order order) {
    return this == ORDER
        || switch (order) {
          case UNTIL -> hasEnd();
          case USER -> this == USER;
          case RECORDED -> false;
          case LAST_SEEN -> this == LAST_SEEN;
        };
  }

  /** Whether the end of validity comes next in its index, so that each range is one piece of it. */
  boolean hasEnd() {
    return this == USER || this == CLUSTER || this == GROUP || this == END;
  }

  /** The table whose index it is; the certificate is {@code k}, its place in a group {@code g}. */
  String table() {
    return this == GROUP ? "group_member g" : "certificate k";
  }

  /** The letter of the table. */
  String letter() {
    return this == GROUP ? "g" : "k";
  }

  /** The condition that its index is searched for, without that on the end of validity. */
  SqlText condition(CertificateFilter filter, Instant now) {
    SqlText sql = new SqlText();
    return switch (this) {
      // All characters of an id sort before 'g'.
      case CREDENTIAL ->
          sql.add(
              "k.credential_id>=? AND k.credential_id<?",
              Objects.requireNonNull(filter.credentialId()),
              filter.credentialId() + "g");
      case SERIAL_NUMBER ->
          sql.add("k.serial_number=?", Objects.requireNonNull(filter.serialNumber()));
      case USER -> sql.add("k.user_name=?", Objects.requireNonNull(filter.user()));
      case CLUSTER -> sql.add("k.cluster=?", Objects.requireNonNull(filter.cluster()));
      case GROUP -> sql.add("g.name=?", Objects.requireNonNull(filter.group()));
      case RESTRICTION -> sql.add("k.sequence IN (SELECT s.sequence FROM restricted s)");
      case PENDING -> sql.add("k.not_before>?", now.toEpochMilli());
      case LAST_SEEN -> sql.add("k.last_seen<?", notSeenSince(filter));
      case END, ORDER -> sql.add("1=1");
    };
  }

  /**
   * The same as a mere filter of what was found on another way; null where {@link StateCondition}
   * says it.
   *
   * @param oneByOne whether each is looked up by itself, so that a large group is not gone through
   *     for few: a subquery for one value is never made a join
   */
  @Nullable SqlText filtering(CertificateFilter filter, Instant now, boolean oneByOne) {
    SqlText sql = new SqlText();
    return switch (this) {
      case SERIAL_NUMBER ->
          sql.add("k.serial_number||''=?", Objects.requireNonNull(filter.serialNumber()));
      case USER -> sql.add("k.user_name||''=?", Objects.requireNonNull(filter.user()));
      case CLUSTER -> sql.add("k.cluster||''=?", Objects.requireNonNull(filter.cluster()));
      case GROUP ->
          sql.add(oneByOne ? "1=(" : "EXISTS (")
              .add(
                  "SELECT 1 FROM group_member m WHERE m.name=? AND m.not_after=k.not_after"
                      + " AND m.sequence=k.sequence)",
                  Objects.requireNonNull(filter.group()));
      case END -> {
        String or = "(";
        for (EndRange range : EndRange.of(filter)) {
          sql.add(or).add(range.condition("+k.not_after", filter, now));
          or = " OR ";
        }
        yield sql.add(")");
      }
      case LAST_SEEN -> sql.add("+k.last_seen<?", notSeenSince(filter));
      case CREDENTIAL, RESTRICTION, PENDING, ORDER -> null;
    };
  }

  /** After 0, which stands for never, however long ago it is. */
  private static Long notSeenSince(CertificateFilter filter) {
    return Math.max(1, Objects.requireNonNull(filter.notSeenSince()).toEpochMilli());
  }
}

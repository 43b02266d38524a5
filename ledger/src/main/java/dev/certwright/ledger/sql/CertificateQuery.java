package dev.certwright.ledger.sql;

import dev.certwright.ledger.CertificateFilter;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A filter as a query: the numbers of the certificates first, which indexes tell without a look at
 * the certificates, then all about those few.
 */
final class CertificateQuery {
  private static final String STANDING = "(r.until=0 OR r.until>?)";
  private static final String APPLIES =
      "((r.kind='credential' AND r.value=c.credential_id)"
          + " OR (r.kind='user' AND r.value=c.user_name)"
          + " OR (r.kind='uid' AND r.value=c.uid AND c.uid<>''))";

  private final CertificateFilter filter;
  private final Instant now;
  private final AccessPath path;
  private final int steps;
  private final boolean oneByOne;

  private CertificateQuery(
      CertificateFilter filter, Instant now, AccessPath path, int steps, boolean oneByOne) {
    this.filter = filter;
    this.now = now;
    this.path = path;
    this.steps = steps;
    this.oneByOne = oneByOne;
  }

  /**
   * All that a filter wants, by a way to them.
   *
   * @param oneByOne whether each that is found should be looked up in its group by itself
   */
  static SqlText all(CertificateFilter filter, Instant now, AccessPath path, boolean oneByOne) {
    return new CertificateQuery(filter, now, path, 0, oneByOne).text();
  }

  /**
   * What a filter wants of the first so many in the order that it wants: if these are as many as
   * its limit, they are the answer.
   */
  static SqlText first(CertificateFilter filter, Instant now, int steps) {
    return new CertificateQuery(filter, now, AccessPath.inOrder(filter), steps, true).text();
  }

  /** Counts what lies on a way, up to a limit. */
  static SqlText count(CertificateFilter filter, Instant now, AccessPath path, int limit) {
    if (path == AccessPath.RESTRICTION) {
      // Not what is restricted, which would have to be collected for it.
      return new SqlText()
          .add("SELECT COUNT(*) FROM (SELECT 1 AS one FROM restriction LIMIT ?) a", (long) limit);
    }
    CertificateQuery query = new CertificateQuery(filter, now, path, 0, true);
    SqlText sql = new SqlText().add("SELECT COUNT(*) FROM (");
    String union = "";
    for (@Nullable EndRange range : query.pieces()) {
      sql.add(union + "SELECT * FROM (SELECT 1 AS one FROM " + path.table() + " WHERE ");
      sql.add(query.reached(range)).add(" LIMIT ?) a", (long) limit);
      union = " UNION ALL ";
    }
    return sql.add(") b");
  }

  private SqlText text() {
    SqlText states = StateCondition.orNull(filter.states(), now);
    SqlText sql =
        (states == null ? new SqlText() : StateCondition.restricted(now))
            .add(
                "SELECT c.credential_id, c.user_name, c.groups, c.uid, c.serial_number, c.issuer,"
                    + " c.not_before, c.not_after, c.key_fingerprint, c.cluster, c.server,"
                    + " c.origin, c.sequence, c.recorded, c.actor, c.reason, c.overrides,"
                    + " c.follows, c.source, c.first_seen, c.last_seen, c.addresses,"
                    // 'revoked' sorts before 'suspended', and is the stronger.
                    + " (SELECT MIN(r.type) FROM restriction r WHERE "
                    + STANDING
                    + " AND "
                    + APPLIES
                    + ") FROM (",
                now.toEpochMilli());
    sql.add(steps == 0 ? numbers() : walk());
    return sql.add(") n CROSS JOIN certificate c WHERE c.sequence=n.number ORDER BY ")
        .add(order("c.", true))
        .add(" LIMIT ?", (long) filter.limit());
  }

  /** One null for all of an index. */
  private @Nullable EndRange[] pieces() {
    Set<EndRange> ranges = EndRange.of(filter);
    return path.hasEnd() && ranges.size() < EndRange.values().length
        ? ranges.toArray(EndRange[]::new)
        : new EndRange[] {null};
  }

  private SqlText numbers() {
    SqlText sql = new SqlText();
    String union = "";
    for (@Nullable EndRange range : pieces()) {
      sql.add(union + "SELECT * FROM (").add(numbers(range)).add(") a");
      union = " UNION ALL ";
    }
    return sql;
  }

  private SqlText numbers(@Nullable EndRange range) {
    SqlText sql = new SqlText().add("SELECT k.sequence AS number FROM ").add(path.table());
    sql.add(path == AccessPath.GROUP ? " CROSS JOIN certificate k WHERE " : " WHERE ");
    sql.add(reached(range));
    if (path == AccessPath.GROUP) {
      sql.add(" AND k.sequence=g.sequence AND k.not_after=g.not_after");
      if (range != null) {
        // So that a database which joins a large group otherwise reads no more than this of it.
        sql.add(" AND ").add(range.condition("k.not_after", filter, now));
      }
    }
    conditions(sql, " AND ");
    return sql.add(" ORDER BY ")
        .add(order(path.letter() + ".", path.isIn(filter.order())))
        .add(" LIMIT ?", (long) filter.limit());
  }

  /** So many steps along all pieces together: what lies behind them is behind in the order too. */
  private SqlText walk() {
    SqlText sql = new SqlText().add("SELECT k.sequence AS number FROM (");
    String union = "";
    for (@Nullable EndRange range : pieces()) {
      sql.add(union)
          .add("SELECT k.sequence, k.not_after, k.user_name, k.cluster, k.last_seen")
          .add(" FROM certificate k WHERE ")
          .add(reached(range));
      union = " UNION ALL ";
    }
    sql.add(" ORDER BY ").add(order("", true)).add(" LIMIT ?) k", (long) steps);
    conditions(sql, " WHERE ");
    return sql.add(" ORDER BY ").add(order("k.", true)).add(" LIMIT ?", (long) filter.limit());
  }

  private SqlText reached(@Nullable EndRange range) {
    SqlText sql = new SqlText().add(path.condition(filter, now));
    if (range != null) {
      sql.add(" AND ").add(range.condition(path.letter() + ".not_after", filter, now));
    }
    return sql;
  }

  /** All conditions that the way does not meet already. */
  private void conditions(SqlText sql, String before) {
    String and = before;
    for (AccessPath other : AccessPath.of(filter)) {
      boolean met = other == path || other == AccessPath.END && path.hasEnd();
      SqlText condition = met ? null : other.filtering(filter, now, oneByOne);
      if (condition != null) {
        sql.add(and).add(condition);
        and = " AND ";
      }
    }
    SqlText states = StateCondition.orNull(filter.states(), now);
    if (states != null) {
      sql.add(and).add(states);
    }
  }

  /**
   * What rows are sorted by.
   *
   * @param table its letter and a point, or nothing
   * @param byIndex whether an index may be used that has them in this order
   */
  private String order(String table, boolean byIndex) {
    String direction = filter.descending() ? " DESC" : "";
    String number = byIndex ? table : "+" + table;
    String columns =
        switch (filter.order()) {
          case UNTIL -> number + "not_after" + direction + ", ";
          case USER ->
              (byIndex ? table + "user_name" : "k.user_name||''")
                  + direction
                  + ", "
                  + number
                  + "not_after"
                  + direction
                  + ", ";
          case RECORDED -> "";
          case LAST_SEEN -> (byIndex ? table : "+k.") + "last_seen" + direction + ", ";
        };
    return columns + number + "sequence" + direction;
  }
}

package dev.certwright.ledger.sql;

import dev.certwright.ledger.CertificateFilter;
import dev.certwright.ledger.State;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;

/**
 * A filter as a query. Only constant text goes into the statement; values are bound.
 *
 * @param sql the statement
 * @param values for its parameters, text or numbers
 */
record CertificateQuery(String sql, List<Object> values) {
  private static final String STANDING = "(r.until=0 OR r.until>?)";
  private static final String APPLIES =
      "((r.kind='credential' AND r.value=c.credential_id)"
          + " OR (r.kind='user' AND r.value=c.user_name)"
          + " OR (r.kind='uid' AND r.value=c.uid AND c.uid<>''))";

  /** Which ends of validity a query is about, where expired ones are not wanted. */
  private enum Ends {
    /** Of unknown certificates. */
    NOT_KNOWN,
    NOT_PASSED,
    ALL_BUT_PASSED
  }

  static CertificateQuery of(CertificateFilter filter, Instant now) {
    if (filter.states().contains(State.EXPIRED)
        || !filter.states().contains(State.UNKNOWN)
        || filter.endsBefore() != null) {
      return part(filter, now, Ends.ALL_BUT_PASSED);
    }
    // Each half has its own place in an index, where both together would be sorted as a whole.
    CertificateQuery unknown = part(filter, now, Ends.NOT_KNOWN);
    CertificateQuery others = part(filter, now, Ends.NOT_PASSED);
    List<Object> values = new ArrayList<>(unknown.values());
    values.addAll(others.values());
    values.add((long) filter.limit());
    return new CertificateQuery(
        "SELECT * FROM ("
            + unknown.sql()
            + ") a UNION ALL SELECT * FROM ("
            + others.sql()
            + ") b ORDER BY "
            + orderByColumn(filter)
            + " LIMIT ?",
        values);
  }

  private static CertificateQuery part(CertificateFilter filter, Instant now, Ends ends) {
    String end = filter.group() == null ? "c.not_after" : "g.not_after";
    StringBuilder sql = new StringBuilder();
    List<Object> values = new ArrayList<>();
    sql.append(
        "SELECT c.credential_id, c.user_name, c.groups, c.uid, c.serial_number, c.issuer,"
            + " c.not_before, c.not_after, c.key_fingerprint, c.cluster, c.server, c.origin,"
            + " c.sequence, c.recorded, c.actor, c.reason, c.overrides, c.follows, c.source,"
            + " c.first_seen, c.last_seen, c.addresses,"
            // 'revoked' sorts before 'suspended', and is the stronger.
            + " (SELECT MIN(r.type) FROM restriction r WHERE "
            + STANDING
            + " AND "
            + APPLIES
            + ") FROM ");
    // Driven by the group's own order, which is that of most lists.
    sql.append(
        filter.group() == null
            ? "certificate c WHERE 1=1"
            : "certificate_group g JOIN certificate c ON c.credential_id=g.credential_id"
                + " AND c.not_after=g.not_after WHERE g.name=?");
    values.add(now.toEpochMilli());
    if (filter.group() != null) {
      values.add(filter.group());
    }
    equal(sql, values, "c.user_name", filter.user());
    equal(sql, values, "c.cluster", filter.cluster());
    if (filter.credentialId() != null) {
      // All characters of an id sort before 'g', whatever the database's collation.
      sql.append(" AND c.credential_id>=? AND c.credential_id<?");
      values.add(filter.credentialId());
      values.add(filter.credentialId() + "g");
    }
    equal(sql, values, "c.serial_number", filter.serialNumber());
    if (filter.endsBefore() != null) {
      sql.append(" AND ").append(end).append(">=? AND ").append(end).append("<?");
      values.add(now.toEpochMilli());
      values.add(filter.endsBefore().toEpochMilli());
    }
    if (filter.notSeenSince() != null) {
      sql.append(" AND c.last_seen<?");
      values.add(filter.notSeenSince().toEpochMilli());
    }
    states(sql, values, filter, end, now, ends);
    sql.append(" ORDER BY ").append(order(filter, end)).append(" LIMIT ?");
    values.add((long) filter.limit());
    return new CertificateQuery(sql.toString(), values);
  }

  private static void equal(
      StringBuilder sql,
      List<Object> values,
      String column,
      @org.jspecify.annotations.Nullable String value) {
    if (value != null) {
      sql.append(" AND ").append(column).append("=?");
      values.add(value);
    }
  }

  private static void states(
      StringBuilder sql,
      List<Object> values,
      CertificateFilter filter,
      String end,
      Instant now,
      Ends ends) {
    if (filter.states().isEmpty() || filter.states().size() == State.values().length) {
      return;
    }
    long millis = now.toEpochMilli();
    if (EnumSet.of(State.REVOKED, State.SUSPENDED).containsAll(filter.states())) {
      // Few among many: found from the restrictions. The plus keeps other indexes out of it.
      sql.append(
          " AND (c.credential_id IN (SELECT value FROM restriction WHERE kind='credential')"
              + " OR c.user_name IN (SELECT value FROM restriction WHERE kind='user')"
              + " OR (c.uid<>'' AND c.uid IN (SELECT value FROM restriction WHERE kind='uid')))");
      end = "+" + end;
    }
    // Narrows the search by an index before each row's state is looked at.
    if (ends == Ends.NOT_KNOWN) {
      sql.append(" AND ").append(end).append("=0");
    } else if (!filter.states().contains(State.EXPIRED)) {
      boolean orNotKnown =
          ends == Ends.ALL_BUT_PASSED
              && (filter.states().contains(State.UNKNOWN)
                  || filter.states().contains(State.REVOKED)
                  || filter.states().contains(State.SUSPENDED));
      sql.append(" AND (").append(end).append(">=?");
      sql.append(orNotKnown ? " OR " + end + "=0)" : ")");
      values.add(millis);
    }
    sql.append(" AND (1=0");
    for (State state : filter.states()) {
      switch (state) {
        case EXPIRED -> {
          sql.append(" OR (c.not_after<>0 AND c.not_after<?)");
          values.add(millis);
        }
        case REVOKED -> {
          sql.append(" OR ");
          restricted(sql, values, millis, "r.type='revoked'");
        }
        case SUSPENDED -> {
          sql.append(" OR (");
          restricted(sql, values, millis, "r.type='suspended'");
          sql.append(" AND NOT ");
          restricted(sql, values, millis, "r.type='revoked'");
          sql.append(')');
        }
        case VALID -> {
          sql.append(" OR (c.not_before<=? AND c.not_after>=? AND NOT ");
          values.add(millis);
          values.add(millis);
          restricted(sql, values, millis, "1=1");
          sql.append(')');
        }
        case PENDING -> {
          sql.append(" OR (c.not_before>? AND NOT ");
          values.add(millis);
          restricted(sql, values, millis, "1=1");
          sql.append(')');
        }
        case UNKNOWN -> {
          sql.append(" OR (c.not_after=0 AND NOT ");
          restricted(sql, values, millis, "1=1");
          sql.append(')');
        }
      }
    }
    sql.append(')');
  }

  private static void restricted(
      StringBuilder sql, List<Object> values, long now, String condition) {
    sql.append("((c.not_after=0 OR c.not_after>=?) AND EXISTS (SELECT 1 FROM restriction r WHERE ")
        .append(STANDING)
        .append(" AND ")
        .append(condition)
        .append(" AND ")
        .append(APPLIES)
        .append("))");
    values.add(now);
    values.add(now);
  }

  private static String order(CertificateFilter filter, String end) {
    String direction = filter.descending() ? " DESC" : "";
    return switch (filter.order()) {
      case UNTIL -> end + direction + ", c.credential_id" + direction;
      case USER -> "c.user_name" + direction + ", c.not_after" + direction;
      case RECORDED -> "c.sequence" + direction;
      case LAST_SEEN -> "c.last_seen" + direction;
    };
  }

  /** The same by the places of the columns, which is how a union is sorted. */
  private static String orderByColumn(CertificateFilter filter) {
    String direction = filter.descending() ? " DESC" : "";
    return switch (filter.order()) {
      case UNTIL -> "8" + direction + ", 1" + direction;
      case USER -> "2" + direction + ", 8" + direction;
      case RECORDED -> "13" + direction;
      case LAST_SEEN -> "21" + direction;
    };
  }

  void bind(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      Object value = values.get(i);
      if (value instanceof Long number) {
        statement.setLong(i + 1, number);
      } else {
        Projection.text(statement, i + 1, value.toString());
      }
    }
  }
}

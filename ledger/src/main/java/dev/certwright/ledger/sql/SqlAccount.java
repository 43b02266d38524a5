package dev.certwright.ledger.sql;

import dev.certwright.ledger.Account;
import dev.certwright.ledger.CertificateFilter;
import dev.certwright.ledger.CertificateStatus;
import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.HistoryItem;
import dev.certwright.ledger.LedgerAccessException;
import dev.certwright.ledger.StandingRestriction;
import dev.certwright.ledger.State;
import dev.certwright.ledger.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks the tables. */
final class SqlAccount implements Account {
  /** Holds at the time that stands in for its one parameter. */
  private static final String STANDING = "(until=0 OR until>?)";

  private static final String RESTRICTION =
      "kind, value, type, until, reason, actor, recorded, sequence";

  private final SearchBounds bounds;
  private final @Nullable Replacement replacement;
  private Connection connection;

  /** What is asked. */
  private interface Question<T> {
    T ask() throws SQLException;
  }

  /** Other tables with the same content. */
  interface Replacement {
    /** Whether they are needed after such a failure. */
    boolean isFor(SQLException failure);

    /** A connection to them. */
    Connection make() throws SQLException;
  }

  /** Closes the connection when it is closed itself. */
  SqlAccount(Connection connection) {
    this(connection, SearchBounds.DEFAULT, null);
  }

  /**
   * Of tables that can be made anew.
   *
   * @param replacement asked once when a question fails, which is then asked again
   */
  SqlAccount(Connection connection, SearchBounds bounds, @Nullable Replacement replacement) {
    this.connection = connection;
    this.bounds = bounds;
    this.replacement = replacement;
  }

  private <T> T ask(Question<T> question) {
    try {
      try {
        return question.ask();
      } catch (SQLException failed) {
        if (replacement == null || !replacement.isFor(failed)) {
          throw failed;
        }
        connection.close();
        connection = replacement.make();
        return question.ask();
      }
    } catch (SQLException failed) {
      throw unanswered(failed);
    }
  }

  @Override
  public List<CertificateStatus> certificates(CertificateFilter filter, Instant now) {
    return EndRange.of(filter).isEmpty() ? List.of() : ask(() -> search(filter, now));
  }

  private List<CertificateStatus> search(CertificateFilter filter, Instant now)
      throws SQLException {
    if (AccessPath.of(filter).isEmpty()) {
      return answer(CertificateQuery.all(filter, now, AccessPath.ORDER, true), now);
    }
    PathChooser chooser = new PathChooser(connection, filter, now);
    AccessPath path = chooser.ofAtMost(bounds.few());
    if (path != null) {
      return answer(CertificateQuery.all(filter, now, path, true), now);
    }
    List<CertificateStatus> first = first(filter, now, bounds.steps());
    if (first.size() == filter.limit()) {
      return first;
    }
    PathChooser.Way way = chooser.ofFewest(bounds.many());
    // In order, the answer is complete long before the end of the way; else all that lies on it is
    // looked at.
    boolean oneByOne = way.count() < 2 * bounds.steps() || way.count() == bounds.many();
    if (!oneByOne && filter.group() != null && way.path() != AccessPath.GROUP) {
      // All others of a large group would have to be gone through.
      first = first(filter, now, bounds.many());
      if (first.size() == filter.limit()) {
        return first;
      }
    }
    return answer(CertificateQuery.all(filter, now, way.path(), oneByOne), now);
  }

  /** Fewer than the limit where so many steps do not lead to the whole answer. */
  private List<CertificateStatus> first(CertificateFilter filter, Instant now, int steps)
      throws SQLException {
    return filter.limit() > steps
        ? List.of()
        : answer(CertificateQuery.first(filter, now, steps), now);
  }

  /** By this way, with what {@link CertificateQuery#all} is told besides. */
  List<CertificateStatus> certificates(
      CertificateFilter filter, Instant now, AccessPath path, boolean oneByOne) {
    return ask(() -> answer(CertificateQuery.all(filter, now, path, oneByOne), now));
  }

  private List<CertificateStatus> answer(SqlText query, Instant now) throws SQLException {
    List<CertificateStatus> certificates = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(query.toString())) {
      query.bind(statement);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          certificates.add(certificate(rows, now));
        }
      }
    }
    return certificates;
  }

  private static CertificateStatus certificate(ResultSet row, Instant now) throws SQLException {
    Instant notBefore = time(row, 7);
    Instant notAfter = time(row, 8);
    EntryType origin = type(row.getString(12));
    return new CertificateStatus(
        state(row.getString(23), notBefore, notAfter, now),
        row.getString(1),
        row.getString(2),
        ListColumn.read(row.getString(3)),
        row.getString(4),
        row.getString(5),
        row.getString(6),
        notBefore,
        notAfter,
        row.getString(9),
        row.getString(10),
        row.getString(11),
        origin,
        row.getLong(13),
        Instant.ofEpochMilli(row.getLong(14)),
        row.getString(15),
        row.getString(16),
        ListColumn.read(row.getString(17)),
        row.getString(18),
        row.getString(19),
        time(row, 20),
        time(row, 21),
        ListColumn.read(row.getString(22)));
  }

  private static State state(
      @Nullable String restriction,
      @Nullable Instant notBefore,
      @Nullable Instant notAfter,
      Instant now) {
    if (notAfter != null && notAfter.isBefore(now)) {
      return State.EXPIRED;
    } else if (EntryType.REVOKED.label().equals(restriction)) {
      return State.REVOKED;
    } else if (EntryType.SUSPENDED.label().equals(restriction)) {
      return State.SUSPENDED;
    } else if (notAfter == null || notBefore == null) {
      return State.UNKNOWN;
    }
    return notBefore.isAfter(now) ? State.PENDING : State.VALID;
  }

  @Override
  public List<StandingRestriction> restrictions(Instant now) {
    return restrictions(
        "SELECT " + RESTRICTION + " FROM restriction WHERE " + STANDING + " ORDER BY sequence",
        now,
        List.of());
  }

  @Override
  public long lastRestriction() {
    return ask(this::readLastRestriction);
  }

  private long readLastRestriction() throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(
                "SELECT sequence FROM history WHERE "
                    + Schema.RESTRICTING
                    + " ORDER BY sequence DESC LIMIT 1");
        ResultSet row = statement.executeQuery()) {
      return row.next() ? row.getLong(1) : 0;
    }
  }

  @Override
  public List<StandingRestriction> restrictionsOf(CertificateStatus certificate, Instant now) {
    return restrictions(
        "SELECT "
            + RESTRICTION
            + " FROM restriction WHERE "
            + STANDING
            + " AND ((kind='credential' AND value=?) OR (kind='user' AND value=?)"
            + " OR (kind='uid' AND value=? AND value<>'')) ORDER BY sequence",
        now,
        List.of(certificate.credentialId(), certificate.user(), certificate.uid()));
  }

  private List<StandingRestriction> restrictions(String sql, Instant now, List<String> values) {
    return ask(() -> readRestrictions(sql, now, values));
  }

  private List<StandingRestriction> readRestrictions(String sql, Instant now, List<String> values)
      throws SQLException {
    List<StandingRestriction> restrictions = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setLong(1, now.toEpochMilli());
      for (int i = 0; i < values.size(); i++) {
        Projection.text(statement, i + 2, values.get(i));
      }
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Target.Kind kind = Target.Kind.of(row.getString(1));
          if (kind != null) {
            restrictions.add(
                new StandingRestriction(
                    new Target(kind, row.getString(2)),
                    type(row.getString(3)),
                    time(row, 4),
                    row.getString(5),
                    row.getString(6),
                    Instant.ofEpochMilli(row.getLong(7)),
                    row.getLong(8)));
          }
        }
      }
    }
    return restrictions;
  }

  @Override
  public List<HistoryItem> history(Target about) {
    return ask(() -> readHistory(about));
  }

  private List<HistoryItem> readHistory(Target about) throws SQLException {
    List<HistoryItem> items = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            "SELECT sequence, type, recorded, actor FROM history WHERE kind=? AND value=?"
                + " ORDER BY sequence")) {
      Projection.text(statement, 1, about.kind().label());
      Projection.text(statement, 2, about.value());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          items.add(
              new HistoryItem(
                  row.getLong(1),
                  type(row.getString(2)),
                  Instant.ofEpochMilli(row.getLong(3)),
                  row.getString(4)));
        }
      }
    }
    return items;
  }

  private static @Nullable Instant time(ResultSet row, int column) throws SQLException {
    long millis = row.getLong(column);
    return millis == 0 ? null : Instant.ofEpochMilli(millis);
  }

  private static EntryType type(String label) {
    EntryType type = EntryType.of(label);
    if (type == null) {
      throw new IllegalStateException("the tables hold an entry type that was never written");
    }
    return type;
  }

  private static LedgerAccessException unanswered(SQLException failed) {
    return new LedgerAccessException(
        "the ledger's tables cannot be read: " + failed.getMessage(), "", failed);
  }

  @Override
  public void close() {
    try {
      connection.close();
    } catch (SQLException failed) {
      throw unanswered(failed);
    }
  }
}

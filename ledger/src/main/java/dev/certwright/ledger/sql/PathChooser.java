package dev.certwright.ledger.sql;

import dev.certwright.ledger.CertificateFilter;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Chooses a way to the certificates of a filter by counting what lies on each, up to a limit. */
final class PathChooser {
  private final Connection connection;
  private final CertificateFilter filter;
  private final Instant now;

  PathChooser(Connection connection, CertificateFilter filter, Instant now) {
    this.connection = connection;
    this.filter = filter;
    this.now = now;
  }

  /** The first way on which no more than so many lie; null if there is none. */
  @Nullable AccessPath ofAtMost(int few) throws SQLException {
    for (AccessPath path : AccessPath.of(filter)) {
      if (path == AccessPath.CREDENTIAL
          || path == AccessPath.SERIAL_NUMBER
          || count(path, few + 1) <= few) {
        return path;
      }
    }
    return null;
  }

  /**
   * A way, and how many lie on it.
   *
   * @param count so many, or more
   */
  record Way(AccessPath path, int count) {}

  /** The way on which the fewest lie; that in order where all have more than so many. */
  Way ofFewest(int many) throws SQLException {
    Way best = new Way(AccessPath.inOrder(filter), many);
    for (AccessPath path : AccessPath.of(filter)) {
      int count = count(path, best.count());
      if (count < best.count()) {
        best = new Way(path, count);
      }
    }
    return best;
  }

  private int count(AccessPath path, int limit) throws SQLException {
    SqlText sql = CertificateQuery.count(filter, now, path, limit);
    try (PreparedStatement statement = connection.prepareStatement(sql.toString())) {
      sql.bind(statement);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? row.getInt(1) : 0;
      }
    }
  }
}

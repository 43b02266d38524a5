package dev.certwright.ledger.sql;

import dev.certwright.ledger.CertificateFilter;
import dev.certwright.ledger.State;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/** Where in time a certificate ends. Each range is one piece of every index that has the end. */
enum EndRange {
  /** Nobody knows when. */
  UNKNOWN,
  /** Not yet. */
  AHEAD,
  /** It has. */
  PASSED;

  /** Those in which the certificates of a filter can lie; empty if there can be none. */
  static Set<EndRange> of(CertificateFilter filter) {
    Set<EndRange> ranges = EnumSet.noneOf(EndRange.class);
    for (State state : filter.states()) {
      switch (state) {
        case VALID, PENDING -> ranges.add(AHEAD);
        case UNKNOWN -> ranges.add(UNKNOWN);
        case REVOKED, SUSPENDED -> {
          ranges.add(UNKNOWN);
          ranges.add(AHEAD);
        }
        case EXPIRED -> ranges.add(PASSED);
      }
    }
    if (filter.states().isEmpty()) {
      ranges = EnumSet.allOf(EndRange.class);
    }
    if (filter.endsBefore() != null) {
      ranges.retainAll(EnumSet.of(AHEAD));
    }
    return ranges;
  }

  /** That a column with the end lies in it, and before the filter's own end. */
  SqlText condition(String column, CertificateFilter filter, Instant now) {
    SqlText sql = new SqlText();
    switch (this) {
      case UNKNOWN -> sql.add(column + "=0");
      case AHEAD -> {
        sql.add(column + ">=?", now.toEpochMilli());
        if (filter.endsBefore() != null) {
          sql.add(" AND " + column + "<?", filter.endsBefore().toEpochMilli());
        }
      }
      case PASSED -> sql.add(column + "<? AND " + column + "<>0", now.toEpochMilli());
    }
    return sql;
  }
}

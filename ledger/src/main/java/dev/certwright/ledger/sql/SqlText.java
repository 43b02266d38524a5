package dev.certwright.ledger.sql;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A statement as it grows. Only constant text goes into it; values are bound. */
final class SqlText {
  private final StringBuilder text = new StringBuilder();
  private final List<Object> values = new ArrayList<>();

  /**
   * Adds text with the values for its parameters.
   *
   * @param parameters text or {@code Long}
   */
  SqlText add(String sql, Object... parameters) {
    text.append(sql);
    for (Object parameter : parameters) {
      values.add(parameter);
    }
    return this;
  }

  SqlText add(SqlText other) {
    text.append(other.text);
    values.addAll(other.values);
    return this;
  }

  void bind(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      if (values.get(i) instanceof Long number) {
        statement.setLong(i + 1, number);
      } else {
        Projection.text(statement, i + 1, values.get(i).toString());
      }
    }
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

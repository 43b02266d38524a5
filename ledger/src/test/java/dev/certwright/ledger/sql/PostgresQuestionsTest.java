package dev.certwright.ledger.sql;

import dev.certwright.ledger.Ledger;
import java.sql.Connection;
import java.sql.SQLException;

/** Questions to a real PostgreSQL. */
final class PostgresQuestionsTest extends QuestionsContract {
  private final PostgresUrl url = PostgresServer.newDatabase();

  @Override
  Ledger open() {
    return new PostgresLedger(url, ACTOR, CLOCK);
  }

  @Override
  Connection connect() throws SQLException {
    return PostgresSchema.connect(url, PostgresLedger.PATIENCE);
  }
}

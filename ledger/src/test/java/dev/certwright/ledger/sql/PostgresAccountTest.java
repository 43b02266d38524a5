package dev.certwright.ledger.sql;

import dev.certwright.ledger.AccountContract;
import dev.certwright.ledger.Ledger;

/** The account in a real PostgreSQL. */
final class PostgresAccountTest extends AccountContract {
  private final PostgresUrl url = PostgresServer.newDatabase();

  @Override
  protected Ledger open() {
    return new PostgresLedger(url, "tester@host", CLOCK);
  }
}

package dev.certwright.ledger.sql;

import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.ProcessesContract;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.time.Clock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** Several processes, as of several machines, at a ledger in a real PostgreSQL. */
final class PostgresProcessesTest extends ProcessesContract {
  private EmbeddedPostgres server;

  @BeforeEach
  void start() throws IOException {
    server = EmbeddedPostgres.start();
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  @Override
  protected String place() {
    return "postgresql://postgres@localhost:" + server.getPort() + "/postgres";
  }

  @Override
  protected Ledger ledger() {
    return new PostgresLedger(PostgresUrl.of(place()), "test", Clock.systemUTC());
  }

  @Override
  protected int kills() {
    return Math.max(6, Integer.getInteger("certwright.kills", 20) / 4);
  }
}

package dev.certwright.ledger.sql;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** One real PostgreSQL for all tests of a run; it ends with the run. */
final class PostgresServer {
  private static @Nullable EmbeddedPostgres server;
  private static int databases;

  private PostgresServer() {}

  /** An empty database of a test's own. */
  static synchronized PostgresUrl newDatabase() {
    String name = "ledger" + ++databases;
    try {
      EmbeddedPostgres running = server == null ? EmbeddedPostgres.start() : server;
      server = running;
      try (Connection connection = running.getPostgresDatabase().getConnection();
          Statement statement = connection.createStatement()) {
        statement.execute("CREATE DATABASE " + name);
      }
      return PostgresUrl.of("postgresql://postgres@localhost:" + running.getPort() + "/" + name);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (SQLException failed) {
      throw new AssertionError(failed);
    }
  }
}

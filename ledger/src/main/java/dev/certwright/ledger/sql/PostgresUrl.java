package dev.certwright.ledger.sql;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Where a PostgreSQL database is, written as psql takes it: {@code
 * postgresql://USER@HOST:PORT/DATABASE?sslmode=verify-full}.
 *
 * @param user empty for the user who runs this
 * @param address host, port and database, with the options behind a question mark
 */
public record PostgresUrl(String user, String address) {

  /**
   * Reads one.
   *
   * @throws IllegalArgumentException if it is none, or holds a password, which others could see
   */
  public static PostgresUrl of(String text) {
    try {
      URI uri = new URI(text);
      String user = uri.getUserInfo() == null ? "" : uri.getUserInfo();
      String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
      if (user.indexOf(':') >= 0 || query.contains("password=")) {
        throw new IllegalArgumentException(
            "the URL of the ledger holds a password, which others can see in the list of processes;"
                + " put it into ~/.pgpass or the file that PGPASSFILE names");
      }
      if (uri.getHost() == null || uri.getRawPath() == null || uri.getRawPath().length() < 2) {
        throw new IllegalArgumentException(expected());
      }
      String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
      return new PostgresUrl(user, "//" + uri.getHost() + port + uri.getRawPath() + query);
    } catch (URISyntaxException malformed) {
      throw new IllegalArgumentException(expected(), malformed);
    }
  }

  private static String expected() {
    return "expected postgresql://USER@HOST:PORT/DATABASE for the ledger";
  }

  String jdbc() {
    return "jdbc:postgresql:" + address;
  }

  @Nullable String userOrNull() {
    return user.isEmpty() ? null : user;
  }

  @Override
  public String toString() {
    return "postgresql:" + (user.isEmpty() ? address : "//" + user + "@" + address.substring(2));
  }
}

package dev.certwright.ledger.sql;

import dev.certwright.ledger.Entry;
import dev.certwright.ledger.EntryException;
import dev.certwright.ledger.EntryReader;
import dev.certwright.ledger.Event;
import dev.certwright.ledger.Imported;
import dev.certwright.ledger.Issued;
import dev.certwright.ledger.Seen;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Brings the tables of an earlier version, which counted imported certificates as access that let
 * nobody in, to what entries add up to now: all of such a certificate is removed, and its entries
 * are added again.
 */
final class ReplayedCertificates {
  private static final int FETCH = 1000;

  private ReplayedCertificates() {}

  /** In the transaction of the connection. */
  static void leaveOut(Connection connection) throws SQLException {
    List<String> ids = new ArrayList<>();
    try (PreparedStatement imported =
        connection.prepareStatement(
            "SELECT e.line FROM certificate c JOIN entry e ON e.sequence=c.sequence"
                + " WHERE c.origin='imported'")) {
      imported.setFetchSize(FETCH);
      read(
          imported,
          entry -> {
            if (entry.event() instanceof Imported found && !found.certificate().letsSomebodyIn()) {
              ids.add(found.certificate().credentialId());
            }
          });
    }
    try (Projection projection = new Projection(connection);
        PreparedStatement entries =
            connection.prepareStatement(
                "SELECT e.line FROM history h JOIN entry e ON e.sequence=h.sequence"
                    + " WHERE h.kind='credential' AND h.value=? ORDER BY h.sequence")) {
      for (String id : ids) {
        entries.setString(1, id);
        List<Entry> all = new ArrayList<>();
        read(entries, all::add);
        remove(connection, id, all);
        for (Entry entry : all) {
          projection.add(entry);
        }
      }
    }
  }

  private static void remove(Connection connection, String id, List<Entry> all)
      throws SQLException {
    for (String sql :
        List.of(
            "DELETE FROM history WHERE kind='credential' AND value=?",
            "DELETE FROM restriction WHERE kind='credential' AND value=?",
            "DELETE FROM certificate WHERE credential_id=?")) {
      try (PreparedStatement delete = connection.prepareStatement(sql)) {
        delete.setString(1, id);
        delete.executeUpdate();
      }
    }
    try (PreparedStatement delete =
        connection.prepareStatement("DELETE FROM group_member WHERE name=? AND sequence=?")) {
      for (Entry entry : all) {
        for (String group : groups(entry.event())) {
          Projection.text(delete, 1, group);
          delete.setLong(2, entry.sequence());
          delete.executeUpdate();
        }
      }
    }
  }

  private static List<String> groups(Event event) {
    if (event instanceof Imported imported) {
      return imported.certificate().groups();
    } else if (event instanceof Issued issued) {
      return issued.certificate().groups();
    }
    return event instanceof Seen seen ? seen.groups() : List.of();
  }

  /** Those that can be read; of the others it is for {@code ledger verify} to tell. */
  private static void read(PreparedStatement query, Consumer<Entry> taker) throws SQLException {
    EntryReader reader = new EntryReader();
    try (ResultSet row = query.executeQuery()) {
      while (row.next()) {
        byte[] line = row.getString(1).getBytes(StandardCharsets.UTF_8);
        Entry entry;
        try {
          entry = reader.read(line);
        } catch (EntryException unreadable) {
          continue;
        }
        taker.accept(entry);
      }
    }
  }
}

package dev.certwright.ledger.sql;

import dev.certwright.ledger.CertificateFacts;
import dev.certwright.ledger.Entry;
import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.Event;
import dev.certwright.ledger.Imported;
import dev.certwright.ledger.Issued;
import dev.certwright.ledger.Restriction;
import dev.certwright.ledger.Seen;
import dev.certwright.ledger.Target;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds entries, in order, to what the tables say. The caller commits. */
final class Projection implements AutoCloseable {
  /** A credential may be used from anywhere; the latest of so many addresses are kept. */
  private static final int ADDRESSES = 64;

  private static final String CERTIFICATE =
      "INSERT INTO certificate (credential_id, user_name, groups, uid, serial_number, issuer,"
          + " not_before, not_after, key_fingerprint, cluster, server, origin, sequence, recorded,"
          + " actor, reason, overrides, follows, source, first_seen, last_seen, addresses)"
          + " VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,0,0,'')"
          + " ON CONFLICT (credential_id) DO UPDATE SET user_name=excluded.user_name,"
          + " groups=excluded.groups, uid=excluded.uid, serial_number=excluded.serial_number,"
          + " issuer=excluded.issuer, not_before=excluded.not_before,"
          + " not_after=excluded.not_after, key_fingerprint=excluded.key_fingerprint,"
          + " cluster=excluded.cluster, server=excluded.server, origin=excluded.origin,"
          + " sequence=excluded.sequence, recorded=excluded.recorded, actor=excluded.actor,"
          + " reason=excluded.reason, overrides=excluded.overrides, follows=excluded.follows,"
          + " source=excluded.source"
          + " WHERE certificate.origin='seen' OR excluded.origin='issued'";
  private static final String SEEN =
      "INSERT INTO certificate (credential_id, user_name, groups, uid, serial_number, issuer,"
          + " not_before, not_after, key_fingerprint, cluster, server, origin, sequence, recorded,"
          + " actor, reason, overrides, follows, source, first_seen, last_seen, addresses)"
          + " VALUES (?,?,?,'','','',0,0,'',?,'','seen',?,?,?,'','','',?,?,?,?)"
          + " ON CONFLICT (credential_id) DO UPDATE SET first_seen=excluded.first_seen,"
          + " last_seen=excluded.last_seen, addresses=excluded.addresses";

  private final PreparedStatement certificate;
  private final PreparedStatement group;
  private final PreparedStatement history;
  private final PreparedStatement seenBefore;
  private final PreparedStatement seen;
  private final PreparedStatement standing;
  private final PreparedStatement lift;
  private final PreparedStatement restrict;
  private final int batch;
  private int waitingGroups;
  private int waitingHistory;

  /** Into the tables. */
  Projection(Connection connection) throws SQLException {
    this(connection, 1);
  }

  /**
   * Into the tables.
   *
   * @param batch how many rows that nothing here reads are sent to the database at once
   */
  Projection(Connection connection, int batch) throws SQLException {
    this(
        connection,
        batch,
        "INSERT INTO group_member (name, not_after, sequence) VALUES (?,?,?)"
            + " ON CONFLICT DO NOTHING",
        "INSERT INTO history (kind, value, sequence, type, recorded, actor)"
            + " VALUES (?,?,?,?,?,?)");
  }

  /**
   * With other statements for groups (name, end, number) and history (kind, value, sequence ...).
   */
  Projection(Connection connection, String insertGroup, String insertHistory) throws SQLException {
    this(connection, 1, insertGroup, insertHistory);
  }

  private Projection(Connection connection, int batch, String insertGroup, String insertHistory)
      throws SQLException {
    this.batch = batch;
    certificate = connection.prepareStatement(CERTIFICATE);
    group = connection.prepareStatement(insertGroup);
    history = connection.prepareStatement(insertHistory);
    seenBefore =
        connection.prepareStatement(
            "SELECT first_seen, last_seen, addresses FROM certificate WHERE credential_id=?");
    seen = connection.prepareStatement(SEEN);
    standing = connection.prepareStatement("SELECT type FROM restriction WHERE kind=? AND value=?");
    lift = connection.prepareStatement("DELETE FROM restriction WHERE kind=? AND value=?");
    restrict =
        connection.prepareStatement(
            "INSERT INTO restriction (kind, value, type, until, reason, actor, recorded, sequence)"
                + " VALUES (?,?,?,?,?,?,?,?)");
  }

  void add(Entry entry) throws SQLException {
    Event event = entry.event();
    if (event instanceof Issued issued) {
      certificate(
          entry,
          issued.certificate(),
          issued.cluster(),
          issued.server(),
          issued.reason(),
          issued.overrides(),
          issued.follows(),
          "");
    } else if (event instanceof Imported imported && !imported.certificate().letsSomebodyIn()) {
      // Such as a kubelet's: once taken, as everything was that looked like a certificate.
      history(entry, new Target(Target.Kind.CREDENTIAL, imported.certificate().credentialId()));
    } else if (event instanceof Imported imported) {
      certificate(
          entry,
          imported.certificate(),
          imported.cluster(),
          imported.server(),
          "",
          List.of(),
          "",
          imported.source());
    } else if (event instanceof Seen used) {
      seen(entry, used);
    } else if (event instanceof Restriction restriction) {
      history(entry, restriction.target());
      restrict(entry, restriction);
    }
  }

  private void certificate(
      Entry entry,
      CertificateFacts facts,
      String cluster,
      String server,
      String reason,
      List<String> overrides,
      String follows,
      String source)
      throws SQLException {
    history(entry, new Target(Target.Kind.CREDENTIAL, facts.credentialId()));
    text(certificate, 1, facts.credentialId());
    text(certificate, 2, facts.user());
    text(certificate, 3, ListColumn.of(facts.groups()));
    text(certificate, 4, facts.uid());
    text(certificate, 5, facts.serialNumber());
    text(certificate, 6, facts.issuer());
    certificate.setLong(7, millis(facts.notBefore()));
    certificate.setLong(8, millis(facts.notAfter()));
    text(certificate, 9, facts.keyFingerprint());
    text(certificate, 10, cluster);
    text(certificate, 11, server);
    text(certificate, 12, entry.event().type().label());
    certificate.setLong(13, entry.sequence());
    certificate.setLong(14, entry.time().toEpochMilli());
    text(certificate, 15, entry.actor());
    text(certificate, 16, reason);
    text(certificate, 17, ListColumn.of(overrides));
    text(certificate, 18, follows);
    text(certificate, 19, source);
    if (certificate.executeUpdate() > 0) {
      groups(facts.groups(), millis(facts.notAfter()), entry.sequence());
    }
  }

  /** What an entry before said of the same certificate stays, with a number that it lost. */
  private void groups(List<String> names, long notAfter, long sequence) throws SQLException {
    for (String name : names) {
      text(group, 1, name);
      group.setLong(2, notAfter);
      group.setLong(3, sequence);
      waitingGroups = send(group, waitingGroups);
    }
  }

  private int send(PreparedStatement insert, int waiting) throws SQLException {
    if (batch == 1) {
      insert.executeUpdate();
      return 0;
    }
    insert.addBatch();
    return waiting + 1 < batch ? waiting + 1 : sendAll(insert);
  }

  private static int sendAll(PreparedStatement insert) throws SQLException {
    insert.executeBatch();
    return 0;
  }

  /** Sends what waits for more; to be called before the transaction ends. */
  void flush() throws SQLException {
    if (waitingGroups > 0) {
      waitingGroups = sendAll(group);
    }
    if (waitingHistory > 0) {
      waitingHistory = sendAll(history);
    }
  }

  private void seen(Entry entry, Seen used) throws SQLException {
    history(entry, new Target(Target.Kind.CREDENTIAL, used.credentialId()));
    Instant first = used.firstSeen();
    Instant last = used.lastSeen();
    Set<String> addresses = new LinkedHashSet<>();
    text(seenBefore, 1, used.credentialId());
    boolean known;
    try (ResultSet before = seenBefore.executeQuery()) {
      known = before.next();
      if (known) {
        addresses.addAll(ListColumn.read(before.getString(3)));
        if (before.getLong(2) > 0) {
          first = earlier(first, Instant.ofEpochMilli(before.getLong(1)));
          last = later(last, Instant.ofEpochMilli(before.getLong(2)));
        }
      }
    }
    addresses.addAll(used.sourceAddresses());
    List<String> all = List.copyOf(addresses);
    text(seen, 1, used.credentialId());
    text(seen, 2, used.user());
    text(seen, 3, ListColumn.of(used.groups()));
    text(seen, 4, used.cluster());
    seen.setLong(5, entry.sequence());
    seen.setLong(6, entry.time().toEpochMilli());
    text(seen, 7, entry.actor());
    text(seen, 8, used.source());
    seen.setLong(9, millis(first));
    seen.setLong(10, millis(last));
    text(seen, 11, ListColumn.of(all.subList(Math.max(0, all.size() - ADDRESSES), all.size())));
    seen.executeUpdate();
    if (!known) {
      groups(used.groups(), 0, entry.sequence());
    }
  }

  private void history(Entry entry, Target target) throws SQLException {
    text(history, 1, target.kind().label());
    text(history, 2, target.value());
    history.setLong(3, entry.sequence());
    text(history, 4, entry.event().type().label());
    history.setLong(5, entry.time().toEpochMilli());
    text(history, 6, entry.actor());
    waitingHistory = send(history, waitingHistory);
  }

  /**
   * A certificate that is revoked stays so; a person can be let in again, because more than one
   * certificate goes by that name.
   */
  private void restrict(Entry entry, Restriction restriction) throws SQLException {
    Target target = restriction.target();
    String before = standing(target);
    boolean revoked = EntryType.REVOKED.label().equals(before);
    if (restriction.type() == EntryType.RESUMED) {
      if (!revoked || target.kind() != Target.Kind.CREDENTIAL) {
        lift(target);
      }
      return;
    }
    if (restriction.type() == EntryType.SUSPENDED && revoked) {
      return;
    }
    if (before != null) {
      lift(target);
    }
    text(restrict, 1, target.kind().label());
    text(restrict, 2, target.value());
    text(restrict, 3, restriction.type().label());
    restrict.setLong(4, restriction.until() == null ? 0 : millis(restriction.until()));
    text(restrict, 5, restriction.reason());
    text(restrict, 6, entry.actor());
    restrict.setLong(7, entry.time().toEpochMilli());
    restrict.setLong(8, entry.sequence());
    restrict.executeUpdate();
  }

  private @Nullable String standing(Target target) throws SQLException {
    text(standing, 1, target.kind().label());
    text(standing, 2, target.value());
    try (ResultSet row = standing.executeQuery()) {
      return row.next() ? row.getString(1) : null;
    }
  }

  private void lift(Target target) throws SQLException {
    text(lift, 1, target.kind().label());
    text(lift, 2, target.value());
    lift.executeUpdate();
  }

  /** PostgreSQL's text cannot hold U+0000; the symbol for it stands in both databases. */
  static void text(PreparedStatement statement, int index, String value) throws SQLException {
    statement.setString(index, value.replace('\u0000', '\u2400'));
  }

  /**
   * Since 1970. What is earlier than the first of them counts as that one: an audit event without a
   * sensible time has the year 1, and would sort before what was never seen, which 0 stands for.
   */
  private static long millis(Instant time) {
    return Math.max(1, time.toEpochMilli());
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  @Override
  public void close() throws SQLException {
    certificate.close();
    group.close();
    history.close();
    seenBefore.close();
    seen.close();
    standing.close();
    lift.close();
    restrict.close();
  }
}

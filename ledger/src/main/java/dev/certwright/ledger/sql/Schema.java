package dev.certwright.ledger.sql;

import java.util.List;

/**
 * The tables, in steps: a database that has the first n gets the others. SQLite and PostgreSQL take
 * the same text. Times are milliseconds since 1970; 0 stands for none.
 */
final class Schema {
  /** Of entries that take something back, or give it again; the types' labels. */
  static final String RESTRICTING = "type IN ('revoked','suspended','resumed')";

  /** Each step is a list of statements. */
  static final List<List<String>> STEPS =
      List.of(
          List.of(
              "CREATE TABLE certificate ("
                  + "credential_id TEXT PRIMARY KEY,"
                  + " user_name TEXT NOT NULL,"
                  + " groups TEXT NOT NULL,"
                  + " uid TEXT NOT NULL,"
                  + " serial_number TEXT NOT NULL,"
                  + " issuer TEXT NOT NULL,"
                  + " not_before BIGINT NOT NULL,"
                  + " not_after BIGINT NOT NULL,"
                  + " key_fingerprint TEXT NOT NULL,"
                  + " cluster TEXT NOT NULL,"
                  + " server TEXT NOT NULL,"
                  + " origin TEXT NOT NULL,"
                  + " sequence BIGINT NOT NULL,"
                  + " recorded BIGINT NOT NULL,"
                  + " actor TEXT NOT NULL,"
                  + " reason TEXT NOT NULL,"
                  + " overrides TEXT NOT NULL,"
                  + " follows TEXT NOT NULL,"
                  + " source TEXT NOT NULL,"
                  + " first_seen BIGINT NOT NULL,"
                  + " last_seen BIGINT NOT NULL,"
                  + " addresses TEXT NOT NULL)",
              "CREATE INDEX certificate_until ON certificate (not_after, credential_id)",
              "CREATE INDEX certificate_user ON certificate (user_name, not_after)",
              "CREATE INDEX certificate_uid ON certificate (uid) WHERE uid <> ''",
              "CREATE INDEX certificate_cluster ON certificate (cluster, not_after)",
              "CREATE INDEX certificate_serial ON certificate (serial_number)",
              "CREATE INDEX certificate_seen ON certificate (last_seen)",
              "CREATE INDEX certificate_sequence ON certificate (sequence)",
              "CREATE TABLE certificate_group ("
                  + "name TEXT NOT NULL,"
                  + " not_after BIGINT NOT NULL,"
                  + " credential_id TEXT NOT NULL,"
                  + " PRIMARY KEY (name, not_after, credential_id))",
              "CREATE TABLE restriction ("
                  + "kind TEXT NOT NULL,"
                  + " value TEXT NOT NULL,"
                  + " type TEXT NOT NULL,"
                  + " until BIGINT NOT NULL,"
                  + " reason TEXT NOT NULL,"
                  + " actor TEXT NOT NULL,"
                  + " recorded BIGINT NOT NULL,"
                  + " sequence BIGINT NOT NULL,"
                  + " PRIMARY KEY (kind, value))",
              "CREATE TABLE history ("
                  + "kind TEXT NOT NULL,"
                  + " value TEXT NOT NULL,"
                  + " sequence BIGINT NOT NULL,"
                  + " type TEXT NOT NULL,"
                  + " recorded BIGINT NOT NULL,"
                  + " actor TEXT NOT NULL,"
                  + " PRIMARY KEY (kind, value, sequence))"),
          // Each index has all that a question may be narrowed or sorted by, so that certificates
          // which are not wanted need not be looked at. Members by number, which is shorter.
          List.of(
              "CREATE TABLE group_member ("
                  + "name TEXT NOT NULL,"
                  + " not_after BIGINT NOT NULL,"
                  + " sequence BIGINT NOT NULL,"
                  + " PRIMARY KEY (name, not_after, sequence))",
              "INSERT INTO group_member SELECT g.name, g.not_after, c.sequence"
                  + " FROM certificate_group g JOIN certificate c"
                  + " ON c.credential_id=g.credential_id AND c.not_after=g.not_after",
              "DROP TABLE certificate_group",
              "DROP INDEX certificate_until",
              "DROP INDEX certificate_user",
              "DROP INDEX certificate_cluster",
              "DROP INDEX certificate_seen",
              "DROP INDEX certificate_sequence",
              "CREATE INDEX certificate_until ON certificate"
                  + " (not_after, sequence, user_name, cluster, last_seen)",
              "CREATE INDEX certificate_user ON certificate"
                  + " (user_name, not_after, sequence, cluster, last_seen)",
              "CREATE INDEX certificate_cluster ON certificate"
                  + " (cluster, not_after, sequence, user_name, last_seen)",
              "CREATE INDEX certificate_seen ON certificate"
                  + " (last_seen, sequence, not_after, user_name, cluster)",
              "CREATE INDEX certificate_sequence ON certificate"
                  + " (sequence, not_after, user_name, cluster, last_seen)",
              "CREATE INDEX certificate_pending ON certificate (not_before, sequence)"),
          // How far a list of what is refused reaches is asked with each publication.
          List.of("CREATE INDEX history_restricting ON history (sequence) WHERE " + RESTRICTING),
          // Certificates that let nobody in are left out: by reading them (ReplayedCertificates).
          List.of());

  private Schema() {}
}

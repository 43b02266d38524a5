package dev.certwright.revocation.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.identity.CredentialId;
import dev.certwright.identity.Identity;
import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.Restriction;
import dev.certwright.ledger.StandingRestriction;
import dev.certwright.ledger.Target;
import dev.certwright.ledger.file.FileLedger;
import dev.certwright.ledger.sql.PostgresLedger;
import dev.certwright.ledger.sql.PostgresUrl;
import dev.certwright.revocation.Ids;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerFollowerTest {
  private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

  @TempDir Path folder;
  private Instant now = NOON;

  private FileLedger file() {
    return new FileLedger(folder, "test", Clock.systemUTC(), FileLedger.PATIENCE);
  }

  private static void record(Ledger ledger, EntryType type, Target.Kind kind, String value) {
    ledger.record(List.of(new Restriction(type, new Target(kind, value), null, "")));
  }

  private static Identity jane(String uid, String... ids) {
    return new Identity("jane", uid, List.of(), Map.of(CredentialId.EXTRA_KEY, List.of(ids)));
  }

  private static @Nullable StandingRestriction restriction(LedgerFollower follower, Identity who) {
    RestrictedAccess access = follower.current();
    assertThat(access).isNotNull();
    return access == null ? null : access.restrictionOf(who);
  }

  /** Without what would tell the next writer that this is not the ledger that was here. */
  private void putBack(byte[] copy) throws IOException {
    Files.write(file().file(), copy);
    Files.deleteIfExists(folder.resolve("ledger.head"));
  }

  @Test
  void nothing_is_known_before_the_first_reading() {
    try (LedgerFollower follower = new LedgerFollower(file(), () -> now)) {
      assertThat(follower.current()).isNull();
    }
  }

  @Test
  void what_is_recorded_counts_after_the_next_look_and_without_news_nothing_is_read() {
    String id = Ids.of(1).get(0);
    try (LedgerFollower follower = new LedgerFollower(file(), () -> now)) {
      assertThat(follower.refresh()).isTrue();
      assertThat(restriction(follower, jane("", id))).isNull();
      assertThat(follower.refresh()).isFalse();

      record(file(), EntryType.REVOKED, Target.Kind.CREDENTIAL, id);

      assertThat(follower.refresh()).isTrue();
      assertThat(follower.current())
          .extracting(RestrictedAccess::ledger)
          .isEqualTo(file().at(1).hash().substring(0, 12));
      assertThat(restriction(follower, jane("", Ids.of(2).get(0), id))).isNotNull();
      assertThat(restriction(follower, jane("", id.toUpperCase(java.util.Locale.ROOT)))).isNull();
      assertThat(restriction(follower, Identity.of("jane", List.of()))).isNull();
    }
  }

  @Test
  void revoked_goes_before_suspended_and_an_empty_uid_is_nobodys() {
    String id = Ids.of(1).get(0);
    record(file(), EntryType.SUSPENDED, Target.Kind.CREDENTIAL, id);
    record(file(), EntryType.REVOKED, Target.Kind.UID, "42");
    try (LedgerFollower follower = new LedgerFollower(file(), () -> now)) {
      follower.refresh();

      assertThat(restriction(follower, jane("42", id)))
          .isNotNull()
          .extracting(StandingRestriction::type)
          .isEqualTo(EntryType.REVOKED);
      assertThat(restriction(follower, jane("", id)))
          .isNotNull()
          .extracting(StandingRestriction::type)
          .isEqualTo(EntryType.SUSPENDED);
      assertThat(restriction(follower, jane(""))).isNull();
    }
  }

  @Test
  void what_has_expired_is_let_go_within_an_hour() {
    Restriction restriction =
        new Restriction(
            EntryType.REVOKED,
            new Target(Target.Kind.CREDENTIAL, Ids.of(1).get(0)),
            NOON.plusSeconds(60),
            "");
    file().record(List.of(restriction));
    try (LedgerFollower follower = new LedgerFollower(file(), () -> now)) {
      follower.refresh();
      assertThat(follower.current()).extracting(RestrictedAccess::size).isEqualTo(1);

      now = NOON.plusSeconds(3_600);

      assertThat(follower.refresh()).isTrue();
      assertThat(follower.current()).extracting(RestrictedAccess::size).isEqualTo(0);
    }
  }

  @Test
  void older_copy_that_takes_the_ledgers_place_and_goes_on_lets_nobody_in_again()
      throws IOException {
    record(file(), EntryType.REVOKED, Target.Kind.USER, "joe");
    byte[] copy = Files.readAllBytes(file().file());
    record(file(), EntryType.REVOKED, Target.Kind.USER, "jane");
    byte[] whole = Files.readAllBytes(file().file());
    try (LedgerFollower follower = new LedgerFollower(file(), () -> now)) {
      assertThat(follower.refresh()).isTrue();

      putBack(copy);
      assertThat(follower.refresh()).isFalse();
      assertThat(follower.problem()).contains("ends with entry 1 and had 2");
      for (String other : List.of("ann", "bob")) {
        record(file(), EntryType.REVOKED, Target.Kind.USER, other);
        assertThat(follower.refresh()).isFalse();
        assertThat(follower.problem()).contains("entry 2 is another one");
      }
      assertThat(restriction(follower, jane(""))).isNotNull();

      putBack(whole);
      record(file(), EntryType.RESUMED, Target.Kind.USER, "jane");
      assertThat(follower.refresh()).isTrue();
      assertThat(follower.problem()).isEmpty();
      assertThat(restriction(follower, jane(""))).isNull();
    }
  }

  @Test
  void database_is_followed_and_what_was_read_stays_while_it_is_away() throws IOException {
    EmbeddedPostgres server = EmbeddedPostgres.start();
    PostgresUrl url =
        PostgresUrl.of("postgresql://postgres@localhost:" + server.getPort() + "/postgres");
    try (LedgerFollower follower =
            new LedgerFollower(new PostgresLedger(url, "test", Clock.systemUTC()), () -> now);
        PostgresLedger other = new PostgresLedger(url, "test", Clock.systemUTC())) {
      assertThat(follower.refresh()).isTrue();
      record(other, EntryType.REVOKED, Target.Kind.USER, "jane");
      assertThat(follower.refresh()).isTrue();
      assertThat(restriction(follower, jane(""))).isNotNull();

      server.close();

      assertThat(follower.refresh()).isFalse();
      assertThat(follower.problem()).isNotEmpty();
      assertThat(restriction(follower, jane(""))).isNotNull();
    }
  }
}

package dev.certwright.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.ledger.CertificateFacts;
import dev.certwright.ledger.CertificateFilter;
import dev.certwright.ledger.CertificateStatus;
import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.Event;
import dev.certwright.ledger.Events;
import dev.certwright.ledger.Imported;
import dev.certwright.ledger.Issued;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.Restriction;
import dev.certwright.ledger.Seen;
import dev.certwright.ledger.State;
import dev.certwright.ledger.Target;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random questions to the tables of random entries, by every way to the answer: each time the
 * answer is the one that a search through all of them gives.
 */
abstract class QuestionsContract {
  static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  static final String ACTOR = "tester@host";

  private static final int ENTRIES = 400;
  private static final int CREDENTIALS = 150;
  private static final int QUESTIONS = 600;

  /** Names that languages, UTF-16 and UTF-8 sort differently. */
  private static final List<String> USERS =
      List.of("jane", "Zoe", "ann", "\u00e4rger", "zoe", "\ue000", "\ud83d\ude00", "a b", "");

  private static final List<String> GROUPS = List.of("devs", "ops", "admins", "Devs", "");
  private static final List<String> CLUSTERS = List.of("prod", "test", "", "Prod");
  private static final List<String> UIDS = List.of("", "", "4711", "4712");

  /** From those that always find a short way to those that never do. */
  private static final List<SearchBounds> BOUNDS =
      List.of(
          SearchBounds.DEFAULT,
          new SearchBounds(20, 40, 100),
          new SearchBounds(5, 12, 30),
          new SearchBounds(0, 100, 5),
          new SearchBounds(0, 1, 1000));

  /** The ledger under test, empty at first. */
  abstract Ledger open();

  /** A connection to its tables, which are up to date. */
  abstract Connection connect() throws SQLException;

  @Test
  void everyQuestionIsAnsweredAsASearchThroughAllOfThemWould() throws SQLException {
    Random random = new Random(20261124);
    PlainAccount expected = new PlainAccount(NOW, ACTOR);
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < ENTRIES; i++) {
      events.add(event(random));
      expected.add(events.get(i));
    }
    try (Ledger ledger = open()) {
      ledger.record(events);
      ledger.account().close();
    }
    Set<AccessPath> taken = EnumSet.noneOf(AccessPath.class);
    int answers = 0;
    try (Connection connection = connect()) {
      for (int i = 0; i < QUESTIONS; i++) {
        CertificateFilter filter = filter(random);
        Instant at = NOW.plus(Duration.ofHours(random.nextInt(200) - 100));
        List<CertificateStatus> right = expected.certificates(filter, at);
        answers += right.size();
        for (SearchBounds bounds : BOUNDS) {
          assertThat(new SqlAccount(connection, bounds, null).certificates(filter, at))
              .as("question %d, %s at %s, %s", i, filter, at, bounds)
              .isEqualTo(right);
        }
        for (AccessPath path : waysTo(filter)) {
          taken.add(path);
          for (boolean few : new boolean[] {false, true}) {
            assertThat(new SqlAccount(connection).certificates(filter, at, path, few))
                .as("question %d by %s (few: %s), %s at %s", i, path, few, filter, at)
                .isEqualTo(right);
          }
        }
      }
    }
    assertThat(taken).containsExactlyInAnyOrder(AccessPath.values());
    assertThat(answers).isGreaterThan(QUESTIONS * 5);
  }

  private static List<AccessPath> waysTo(CertificateFilter filter) {
    List<AccessPath> paths = new ArrayList<>();
    if (!EndRange.of(filter).isEmpty()) {
      paths.addAll(AccessPath.of(filter));
      // Nothing else looks at ids.
      if (filter.credentialId() == null) {
        paths.add(AccessPath.ORDER);
      } else {
        paths.retainAll(List.of(AccessPath.CREDENTIAL));
      }
    }
    return paths;
  }

  private static <T> T any(Random random, List<T> of) {
    return of.get(random.nextInt(of.size()));
  }

  private static <T> @Nullable T seldom(Random random, List<T> of) {
    return random.nextInt(4) == 0 ? any(random, of) : null;
  }

  private static Event event(Random random) {
    long n = random.nextInt(CREDENTIALS);
    return switch (random.nextInt(8)) {
      case 0, 1, 2 ->
          new Issued(facts(n), any(random, CLUSTERS), "", "why", List.of("max-ttl"), "");
      case 3 -> new Imported(facts(n), any(random, CLUSTERS), "https://a", "file");
      case 4, 5 -> {
        Instant last = NOW.minus(Duration.ofHours(random.nextInt(100)));
        yield new Seen(
            Events.credentialId(n),
            any(random, USERS),
            groups(random),
            any(random, CLUSTERS),
            last.minus(Duration.ofHours(random.nextInt(100))),
            last,
            List.of("10.0.0." + random.nextInt(9)),
            "audit.log");
      }
      default ->
          new Restriction(
              any(random, List.of(EntryType.REVOKED, EntryType.SUSPENDED, EntryType.RESUMED)),
              target(random, n),
              random.nextBoolean() ? null : NOW.plus(Duration.ofHours(random.nextInt(80) - 40)),
              "");
    };
  }

  private static Target target(Random random, long n) {
    return switch (random.nextInt(6)) {
      case 0 -> new Target(Target.Kind.USER, any(random, USERS));
      case 1 -> new Target(Target.Kind.UID, any(random, UIDS));
      default -> new Target(Target.Kind.CREDENTIAL, Events.credentialId(n));
    };
  }

  private static List<String> groups(Random random) {
    List<String> groups = new ArrayList<>(GROUPS);
    groups.removeIf(group -> random.nextInt(3) > 0);
    return groups;
  }

  /** The same each time, as those of a certificate are. */
  private static CertificateFacts facts(long n) {
    Random random = new Random(n);
    Instant begin = NOW.plus(Duration.ofHours(random.nextInt(160) - 120));
    return new CertificateFacts(
        any(random, USERS),
        groups(random),
        any(random, UIDS),
        Events.credentialId(n),
        Long.toString(n / 2),
        "CN=ca",
        begin,
        begin.plus(Duration.ofHours(1 + random.nextInt(100))),
        "aa",
        "MA==");
  }

  private static CertificateFilter filter(Random random) {
    Set<State> states = EnumSet.noneOf(State.class);
    if (random.nextInt(3) > 0) {
      for (State state : State.values()) {
        if (random.nextInt(3) == 0) {
          states.add(state);
        }
      }
    } else if (random.nextBoolean()) {
      states = EnumSet.complementOf(EnumSet.of(State.EXPIRED));
    }
    boolean precise = random.nextInt(6) == 0;
    String id = Events.credentialId(random.nextInt(CREDENTIALS));
    return new CertificateFilter(
        seldom(random, USERS),
        seldom(random, GROUPS),
        seldom(random, CLUSTERS),
        precise && random.nextBoolean() ? id.substring(0, id.length() - random.nextInt(2)) : null,
        precise && random.nextBoolean() ? Integer.toString(random.nextInt(70)) : null,
        states,
        random.nextInt(4) == 0 ? NOW.plus(Duration.ofHours(random.nextInt(150) - 30)) : null,
        random.nextInt(4) == 0 ? NOW.minus(Duration.ofHours(random.nextInt(120))) : null,
        any(random, List.of(CertificateFilter.Order.values())),
        random.nextBoolean(),
        any(random, List.of(1, 3, 10, 30, 1000)));
  }
}

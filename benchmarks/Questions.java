import dev.certwright.ledger.Account;
import dev.certwright.ledger.CertificateFilter;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.State;
import dev.certwright.ledger.file.FileLedger;
import dev.certwright.ledger.sql.PostgresLedger;
import dev.certwright.ledger.sql.PostgresUrl;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Asks a ledger of {@link Entries}, in a folder or at a PostgreSQL URL, every combination of what
 * {@code list} can be narrowed and sorted by, and prints how long the slowest took: as options of
 * {@code list}, after the milliseconds.
 *
 * <p>A second argument takes every so-manieth only.
 */
final class Questions {
  private static final String[] USERS = {"", "user4711", "robot"};
  private static final String[] GROUPS = {"", "devs", "team7"};
  private static final String[] CLUSTERS = {"", "cluster3"};
  private static final String[] STATES = {
    "", "--all", "valid", "pending", "expired", "revoked", "suspended", "unknown"
  };
  private static final int[] EXPIRING = {0, 7};
  private static final int[] UNUSED = {0, 30};
  private static final int[] LIMITS = {100, 1000};

  private record Question(String words, CertificateFilter filter) {}

  private record Answer(long nanos, String words, int found) implements Comparable<Answer> {
    @Override
    public int compareTo(Answer other) {
      return Long.compare(other.nanos, nanos);
    }
  }

  private Questions() {}

  public static void main(String[] words) {
    int every = words.length > 1 ? Integer.parseInt(words[1]) : 1;
    Instant now = Instant.now();
    List<Question> questions = new ArrayList<>();
    for (String user : USERS) {
      for (String group : GROUPS) {
        for (String cluster : CLUSTERS) {
          for (String state : STATES) {
            for (int expiring : EXPIRING) {
              for (int unused : UNUSED) {
                sorted(questions, user, group, cluster, state, expiring, unused, now);
              }
            }
          }
        }
      }
    }
    List<Answer> answers = new ArrayList<>();
    try (Ledger ledger = ledger(words[0]);
        Account account = ledger.account()) {
      for (int i = 0; i < questions.size(); i += every) {
        Question question = questions.get(i);
        long start = System.nanoTime();
        int found = account.certificates(question.filter(), now).size();
        answers.add(new Answer(System.nanoTime() - start, question.words(), found));
      }
    }
    Collections.sort(answers);
    System.out.printf(
        "%d questions: median %.1f ms, slowest of a hundred %.1f ms, slowest of all %.1f ms%n",
        answers.size(),
        millis(answers, answers.size() / 2),
        millis(answers, answers.size() / 100),
        millis(answers, 0));
    for (Answer answer : answers.subList(0, Math.min(20, answers.size()))) {
      System.out.printf("%.1f %s%n", answer.nanos() / 1e6, answer.words());
    }
  }

  private static double millis(List<Answer> answers, int place) {
    return answers.get(place).nanos() / 1e6;
  }

  private static Ledger ledger(String place) {
    return place.startsWith("postgresql:")
        ? new PostgresLedger(PostgresUrl.of(place), "benchmark", Clock.systemUTC())
        : new FileLedger(Path.of(place), "benchmark", Clock.systemUTC(), FileLedger.PATIENCE);
  }

  private static void sorted(
      List<Question> questions,
      String user,
      String group,
      String cluster,
      String state,
      int expiring,
      int unused,
      Instant now) {
    for (CertificateFilter.Order order : CertificateFilter.Order.values()) {
      for (boolean descending : new boolean[] {false, true}) {
        for (int limit : LIMITS) {
          StringBuilder words = new StringBuilder("list");
          add(words, " --user ", user);
          add(words, " --group ", group);
          add(words, " --cluster ", cluster);
          add(words, state.startsWith("-") ? " " : " --state ", state);
          add(words, " --expiring ", expiring == 0 ? "" : expiring + "d");
          add(words, " --unused ", unused == 0 ? "" : unused + "d");
          words.append(" --sort ").append(order.name().toLowerCase().replace('_', '-'));
          add(words, " ", descending ? "--reverse" : "");
          words.append(" --limit ").append(limit);
          questions.add(
              new Question(
                  words.toString(),
                  new CertificateFilter(
                      user.isEmpty() ? null : user,
                      group.isEmpty() ? null : group,
                      cluster.isEmpty() ? null : cluster,
                      null,
                      null,
                      states(state),
                      expiring == 0 ? null : now.plus(Duration.ofDays(expiring)),
                      unused == 0 ? null : now.minus(Duration.ofDays(unused)),
                      order,
                      descending,
                      limit + 1)));
        }
      }
    }
  }

  private static void add(StringBuilder words, String option, String value) {
    if (!value.isEmpty()) {
      words.append(option).append(value);
    }
  }

  private static Set<State> states(String state) {
    if (state.isEmpty()) {
      return EnumSet.complementOf(EnumSet.of(State.EXPIRED));
    }
    State only = State.of(state);
    return only == null ? Set.of() : Set.of(only);
  }
}

package dev.certwright.conformance.differential;

import dev.certwright.conformance.controlplane.Upstream;
import dev.certwright.rbac.generator.Oracle;
import dev.certwright.testing.RandomCases;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks Certwright and upstream's own code the same random questions.
 *
 * <pre>
 *   Differential --mode MODE [--cases 100000] [--seed 1]
 * </pre>
 *
 * <p>A case depends on the seed and its number alone, but for keys and signatures in the mode
 * csr-sign, which are made anew by each process. A disagreement that is not in {@link
 * Disagreements}, a failure of our half and a panic of upstream's are printed with mode, seed and
 * number of the case, the first ones with a small question; the end is 1 then.
 */
public final class Differential {
  private static final int AT_ONCE = 100;

  /** From so many cases on a second oracle is worth its start. */
  private static final long MANY = 20_000;

  private static final int KINDS_SHOWN = 5;
  private static final int SHOWN_OF_A_KIND = 3;
  private static final int MOST_PRINTED = 200;

  /**
   * How many times the number of each run must be asked before a listed kind that did not occur
   * fails a run with any seed: what occurs at all in the fixed run then does so about surely.
   */
  private static final int SURE = 10;

  private final Mode mode;
  private final long seed;
  private final List<String> command;
  private final Disagreements wanted;
  private final StringBuilder report = new StringBuilder();
  private final Map<String, Integer> unwanted = new TreeMap<>();
  private final int oracles;
  private final ExecutorService asking;
  private final BlockingQueue<Oracle> idle = new LinkedBlockingQueue<>();
  private int printed;

  private Differential(
      Mode mode, long seed, List<String> command, Disagreements wanted, int oracles) {
    this.mode = mode;
    this.seed = seed;
    this.command = command;
    this.wanted = wanted;
    this.oracles = oracles;
    this.asking = Executors.newFixedThreadPool(oracles);
    for (int i = 0; i < oracles; i++) {
      idle.add(new Oracle(command));
    }
  }

  /**
   * What came of a run.
   *
   * @param agreed whether there was nothing but what is wanted, and, of enough cases, all of that
   * @param report for people
   */
  public record Result(boolean agreed, String report) {}

  /** See the class. */
  public static void main(String[] args) throws IOException, InterruptedException {
    Options options;
    try {
      options = Options.of(args);
    } catch (IllegalArgumentException e) {
      System.err.println("error: " + e.getMessage());
      System.exit(2);
      return;
    }
    String mode = options.mode();
    Result result =
        run(mode, options.cases(), options.seed(), SURE * Modes.OF_EACH_RUN.getOrDefault(mode, 0L));
    System.out.println(result.report());
    System.exit(result.agreed() ? 0 : 1);
  }

  /** What is asked for on the command line. */
  record Options(String mode, long cases, long seed) {
    private static final String USAGE = "expected --mode MODE [--cases 100000] [--seed 1]";

    /**
     * Reads it.
     *
     * @throws IllegalArgumentException with what was found and what is expected
     */
    static Options of(String... args) {
      Map<String, String> given = new HashMap<>();
      for (int i = 0; i < args.length; i += 2) {
        if (!List.of("--mode", "--cases", "--seed").contains(args[i])) {
          throw new IllegalArgumentException(USAGE + ", found " + args[i]);
        }
        if (i + 1 == args.length) {
          throw new IllegalArgumentException(USAGE + ", found " + args[i] + " without a value");
        }
        if (given.put(args[i], args[i + 1]) != null) {
          throw new IllegalArgumentException(USAGE + ", found " + args[i] + " twice");
        }
      }
      String mode = given.getOrDefault("--mode", "");
      if (!Modes.OF_EACH_RUN.containsKey(mode)) {
        throw new IllegalArgumentException(
            "--mode: expected one of " + Modes.OF_EACH_RUN.keySet() + ", found '" + mode + "'");
      }
      long cases = number(given, "--cases", "100000");
      if (cases < 1) {
        throw new IllegalArgumentException("--cases: expected 1 or more, found " + cases);
      }
      return new Options(mode, cases, number(given, "--seed", "1"));
    }

    private static long number(Map<String, String> given, String name, String otherwise) {
      String text = given.getOrDefault(name, otherwise);
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        throw new IllegalArgumentException(name + ": expected a number, found '" + text + "'", e);
      }
    }
  }

  /**
   * Runs one mode, of this module's or of those that lie with the modules they test.
   *
   * @param enough of so many cases everything that is listed must have occurred
   */
  public static Result run(String mode, long cases, long seed, long enough)
      throws IOException, InterruptedException {
    String program = Upstream.built().oracle().toString();
    if (Modes.OF_RBAC.contains(mode)) {
      return Modes.runOfRbac(program, mode, cases, seed);
    }
    if (mode.equals(Modes.X509)) {
      return Modes.runOfX509(program, cases, seed);
    }
    return run(
        Modes.named(mode), cases, seed, enough, List.of(program, mode), Disagreements.of(mode));
  }

  /** Runs a mode beside any program that answers line by line. */
  static Result run(
      Mode mode,
      long cases,
      long seed,
      long enough,
      List<String> command,
      Disagreements disagreements) {
    return new Differential(mode, seed, command, disagreements, cases < MANY ? 1 : 2)
        .run(cases, enough);
  }

  private Result run(long cases, long enough) {
    long began = System.nanoTime();
    try {
      // While answers are compared, the next questions are made and asked.
      Deque<Future<Round>> rounds = new ArrayDeque<>();
      for (long first = 0; first < cases || !rounds.isEmpty(); ) {
        for (; first < cases && rounds.size() <= oracles; first += AT_ONCE) {
          long begin = first;
          rounds.add(asking.submit(() -> asked(begin, Math.min(AT_ONCE, cases - begin))));
        }
        compare(done(rounds.remove()));
      }
    } finally {
      asking.shutdownNow();
      endOracles();
    }
    report.append(
        String.format(
            "%s: %d cases, seed %d, %d s, ",
            mode.name(), cases, seed, (System.nanoTime() - began) / 1_000_000_000));
    if (mode.isCompared() || !unwanted.isEmpty()) {
      report.append("unwanted ").append(unwanted).append(", wanted ").append(wanted.seen());
    } else {
      report.append("not compared: Certwright's half is not written");
    }
    boolean agreed = unwanted.isEmpty();
    if (!wanted.notSeen().isEmpty()) {
      boolean fails = cases >= enough;
      report
          .append("\nlisted in disagreements.tsv, but they agree")
          .append(fails ? ": " : " in so few cases: ")
          .append(wanted.notSeen());
      agreed &= !fails;
    }
    return new Result(agreed, report.toString());
  }

  /** Those that are asked still come back, or a new one in their place. */
  private void endOracles() {
    try {
      for (int i = 0; i < oracles; i++) {
        Oracle oracle = idle.poll(1, TimeUnit.MINUTES);
        if (oracle != null) {
          oracle.close();
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Questions and what upstream says to them.
   *
   * @param first the number of the first
   * @param answers null if the program ended
   */
  private record Round(long first, List<YamlMapping> questions, @Nullable List<String> answers) {}

  private Round asked(long first, long count) throws InterruptedException {
    List<YamlMapping> questions = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (long number = first; number < first + count; number++) {
      try {
        questions.add(question(mode, seed, number));
      } catch (RuntimeException e) {
        throw new IllegalStateException(heading(number, "no question can be made"), e);
      }
      lines.add(JsonWriter.compact(questions.get(questions.size() - 1)));
    }
    return new Round(first, questions, answers(lines));
  }

  private void compare(Round round) {
    List<YamlMapping> questions = round.questions;
    for (int i = 0; i < questions.size(); i++) {
      YamlMapping question = questions.get(i);
      // When upstream's program ended, each is asked alone, to find the one.
      List<Difference> differences =
          round.answers == null
              ? differences(question)
              : differences(mode, question, round.answers.get(i));
      for (Difference difference : differences) {
        if (!wanted.isWanted(difference)) {
          found(question, difference, round.first + i);
        }
      }
    }
    if (round.answers == null && unwanted.isEmpty()) {
      found(YamlMapping.EMPTY, Difference.noAnswer(), round.first);
    }
  }

  private @Nullable List<String> ask(List<String> lines) {
    return done(asking.submit(() -> answers(lines)));
  }

  /** Null if the program ended, which is started again then. */
  private @Nullable List<String> answers(List<String> lines) throws InterruptedException {
    Oracle oracle = idle.take();
    try {
      return oracle.ask(lines);
    } catch (IllegalStateException | UncheckedIOException ended) {
      oracle.close();
      oracle = new Oracle(command);
      return null;
    } finally {
      idle.add(oracle);
    }
  }

  private static <T extends @Nullable Object> T done(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private List<Difference> differences(YamlMapping question) {
    List<String> answers = ask(List.of(JsonWriter.compact(question)));
    return answers == null
        ? List.of(Difference.noAnswer())
        : differences(mode, question, answers.get(0));
  }

  /** In what a line of upstream's differs from our answer; a panic and a failure differ too. */
  static List<Difference> differences(Mode mode, YamlMapping question, String line) {
    try {
      YamlMapping answer = parse(line);
      if (answer.get("panic") != null) {
        return List.of(Difference.panic(answer));
      }
      return mode.isCompared() ? mode.differences(question, answer) : List.of();
    } catch (RuntimeException | AssertionError | StackOverflowError e) {
      return List.of(Difference.failure(e));
    }
  }

  private void found(YamlMapping question, Difference difference, long number) {
    int seen = unwanted.merge(difference.kind(), 1, Integer::sum);
    printed++;
    if (printed == MOST_PRINTED) {
      report.append("--- more of them are counted only\n");
    }
    if (printed >= MOST_PRINTED) {
      return;
    }
    YamlMapping small = question;
    String detail = difference.detail();
    if (seen <= SHOWN_OF_A_KIND && unwanted.size() <= KINDS_SHOWN) {
      boolean refused = isError(question);
      small =
          Shrinker.shrink(
              question, candidate -> detail(candidate, difference.kind(), refused) != null);
      String ofSmall = detail(small, difference.kind(), refused);
      detail = ofSmall == null ? detail : ofSmall;
    }
    report
        .append(heading(number, difference.kind()))
        .append('\n')
        .append(JsonWriter.compact(small))
        .append('\n')
        .append(detail)
        .append('\n');
  }

  private String heading(long number, String kind) {
    return "--- " + mode.name() + ", seed " + seed + ", case " + number + ": " + kind;
  }

  /** Whether upstream has nothing but an error to say. */
  private boolean isError(YamlMapping question) {
    List<String> answers = ask(List.of(JsonWriter.compact(question)));
    return answers != null && isError(answers.get(0));
  }

  private static boolean isError(String answer) {
    return answer.startsWith("{\"error\":") && parse(answer).size() == 1;
  }

  /**
   * The detail of the difference of a kind, null if there is none.
   *
   * @param refused whether an error alone is an answer; else, with so much left out, it says that
   *     this is no question any more
   */
  private @Nullable String detail(YamlMapping question, String kind, boolean refused) {
    if (!refused && isError(question)) {
      return null;
    }
    for (Difference difference : differences(question)) {
      if (difference.kind().equals(kind)) {
        return difference.detail();
      }
    }
    return null;
  }

  /** The question of a number. */
  static YamlMapping question(Mode mode, long seed, long number) {
    return mode.question(RandomCases.random(seed, number));
  }

  static YamlMapping parse(String line) {
    return (YamlMapping)
        YamlReader.lenient().readJson("oracle", line.getBytes(StandardCharsets.UTF_8));
  }
}

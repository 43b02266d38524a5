package dev.certwright.conformance.differential;

import dev.certwright.conformance.controlplane.Upstream;
import dev.certwright.rbac.generator.Oracle;
import dev.certwright.testing.RandomCases;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Asks Certwright and upstream's own code the same random questions.
 *
 * <pre>
 *   Differential --mode MODE [--cases 100000] [--seed 1]
 * </pre>
 *
 * <p>A case depends on the seed and its number alone. At a disagreement that is not in {@link
 * Disagreements} the case is made small and printed, and the end is 1.
 */
public final class Differential {
  private static final int AT_ONCE = 100;
  private static final int KINDS_SHOWN = 5;
  private static final int SHOWN_OF_A_KIND = 3;

  private final Mode mode;
  private final long seed;
  private final Disagreements wanted;
  private final StringBuilder report = new StringBuilder();
  private final Map<String, Integer> unwanted = new TreeMap<>();

  private Differential(Mode mode, long seed) {
    this.mode = mode;
    this.seed = seed;
    this.wanted = Disagreements.of(mode.name());
  }

  /**
   * What came of a run.
   *
   * @param agreed whether there was nothing but what is wanted, and all of that
   * @param report for people
   */
  public record Result(boolean agreed, String report) {}

  /** See the class. */
  public static void main(String[] args) throws IOException, InterruptedException {
    String mode = option(args, "--mode", "");
    long cases = Long.parseLong(option(args, "--cases", "100000"));
    long seed = Long.parseLong(option(args, "--seed", "1"));
    Result result = run(mode, cases, seed);
    System.out.println(result.report());
    System.exit(result.agreed() ? 0 : 1);
  }

  static String option(String[] args, String name, String otherwise) {
    for (int i = 0; i + 1 < args.length; i++) {
      if (args[i].equals(name)) {
        return args[i + 1];
      }
    }
    return otherwise;
  }

  /** Runs one mode, of this module's or of those that lie with the modules they test. */
  public static Result run(String mode, long cases, long seed)
      throws IOException, InterruptedException {
    String oracle = Upstream.built().oracle().toString();
    if (Modes.OF_RBAC.contains(mode)) {
      return Modes.runOfRbac(oracle, mode, cases, seed);
    }
    if (mode.equals(Modes.X509)) {
      return Modes.runOfX509(oracle, cases, seed);
    }
    return new Differential(Modes.named(mode), seed).run(oracle, cases);
  }

  private Result run(String program, long cases) {
    long began = System.nanoTime();
    try (Oracle oracle = new Oracle(List.of(program, mode.name()))) {
      for (long first = 0; first < cases; first += AT_ONCE) {
        round(oracle, first, Math.min(AT_ONCE, cases - first));
      }
    }
    report.append(
        String.format(
            "%s: %d cases, seed %d, %d s, unwanted %s, wanted %s",
            mode.name(),
            cases,
            seed,
            (System.nanoTime() - began) / 1_000_000_000,
            unwanted,
            wanted.seen()));
    boolean agreed = unwanted.isEmpty();
    if (!wanted.notSeen().isEmpty()) {
      report.append("\nlisted in disagreements.tsv, but they agree: ").append(wanted.notSeen());
      agreed = false;
    }
    return new Result(agreed, report.toString());
  }

  private void round(Oracle oracle, long first, long count) {
    List<YamlMapping> questions = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (long number = first; number < first + count; number++) {
      questions.add(question(mode, seed, number));
      lines.add(JsonWriter.compact(questions.get(questions.size() - 1)));
    }
    List<String> answers = oracle.ask(lines);
    if (!mode.isCompared()) {
      return;
    }
    for (int i = 0; i < questions.size(); i++) {
      for (Difference difference : mode.differences(questions.get(i), parse(answers.get(i)))) {
        if (!wanted.isWanted(difference)) {
          int seen = unwanted.merge(difference.kind(), 1, Integer::sum);
          if (seen <= SHOWN_OF_A_KIND && unwanted.size() <= KINDS_SHOWN) {
            show(oracle, questions.get(i), difference, first + i);
          }
        }
      }
    }
  }

  private void show(Oracle oracle, YamlMapping question, Difference difference, long number) {
    YamlMapping small =
        Shrinker.shrink(
            question, candidate -> detail(oracle, candidate, difference.kind()) != null);
    report
        .append("--- ")
        .append(mode.name())
        .append(", seed ")
        .append(seed)
        .append(", case ")
        .append(number)
        .append(": ")
        .append(difference.kind())
        .append('\n')
        .append(JsonWriter.compact(small))
        .append('\n')
        .append(detail(oracle, small, difference.kind()))
        .append('\n');
  }

  private @Nullable String detail(Oracle oracle, YamlMapping question, String kind) {
    YamlMapping answer = parse(oracle.ask(List.of(JsonWriter.compact(question))).get(0));
    if (answer.get("error") != null && answer.size() == 1) {
      return null;
    }
    try {
      for (Difference difference : mode.differences(question, answer)) {
        if (difference.kind().equals(kind)) {
          return difference.detail();
        }
      }
    } catch (RuntimeException tooSmall) {
      // With so much left out it is no question any more.
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

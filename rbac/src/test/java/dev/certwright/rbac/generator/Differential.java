package dev.certwright.rbac.generator;

import dev.certwright.testing.RandomCases;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Asks Certwright and upstream's own code the same random questions.
 *
 * <pre>
 *   Differential --oracle PROGRAM --mode MODE [--cases 100000] [--seed 1]
 * </pre>
 *
 * <p>Modes are {@code decide}, {@code rules}, {@code requestinfo}, {@code aggregate} and {@code
 * validate}; {@code real} puts random questions to the policies in a folder, {@code --policies
 * DIR}, and {@code real-rules} lists the rules of those whom they name.
 *
 * <p>Ends with 1 at the first disagreement, after it has made the case small. Cases depend on the
 * seed alone.
 */
public final class Differential {
  private static final String REAL_RULES = "real-rules";

  private Differential() {}

  /** Runs. */
  public static void main(String[] args) throws IOException {
    String program = option(args, "--oracle", "");
    String mode = option(args, "--mode", "decide");
    long cases = Long.parseLong(option(args, "--cases", "100000"));
    long seed = Long.parseLong(option(args, "--seed", "1"));
    if (program.isEmpty()) {
      System.err.println("error: --oracle names the program that answers as upstream does");
      System.exit(2);
    }
    Result result =
        switch (mode) {
          case "real" -> runReal(program, Path.of(option(args, "--policies", ".")), cases, seed);
          case REAL_RULES ->
              runRealRules(program, Path.of(option(args, "--policies", ".")), cases, seed);
          default -> run(program, mode, cases, seed);
        };
    System.out.println(result.report());
    System.exit(result.agreed() ? 0 : 1);
  }

  /**
   * What came of a run.
   *
   * @param agreed whether all answers were the same
   * @param report for people: how many, or the first case on which they differ
   */
  public record Result(boolean agreed, String report) {}

  /** Puts random questions to random policies. */
  public static Result run(String program, String mode, long cases, long seed) {
    return run(program, comparison(mode), mode, cases, seed);
  }

  /** Puts random questions to the policies in a folder. */
  public static Result runReal(String program, Path policies, long cases, long seed)
      throws IOException {
    return run(program, new RealPolicyComparison(RealPolicies.read(policies)), "real", cases, seed);
  }

  /** Lists the rules of those whom the policies in a folder name, in their namespaces. */
  public static Result runRealRules(String program, Path policies, long cases, long seed)
      throws IOException {
    return run(
        program, new RealRulesComparison(RealPolicies.read(policies)), REAL_RULES, cases, seed);
  }

  private static Result run(
      String program, Comparison comparison, String mode, long cases, long seed) {
    long done = 0;
    long began = System.nanoTime();
    try (Oracle oracle = new Oracle(List.of(program, comparison.mode()))) {
      for (long round = 0; done < cases; round++) {
        try {
          done += comparison.round(RandomCases.random(seed, round), oracle);
        } catch (AssertionError e) {
          return new Result(
              false, mode + ", seed " + seed + ", round " + round + ": " + e.getMessage());
        } catch (RuntimeException e) {
          throw new IllegalStateException(mode + ", seed " + seed + ", round " + round, e);
        }
      }
    }
    return new Result(
        true,
        String.format(
            "%s: %d cases agree, seed %d, %.0f s",
            mode, done, seed, (System.nanoTime() - began) / 1e9));
  }

  private static Comparison comparison(String mode) {
    return switch (mode) {
      case "decide" -> new DecideComparison();
      case "aggregate" -> new AggregateComparison();
      case "validate" -> new ValidateComparison();
      case "rules" -> new RulesComparison();
      case "requestinfo" -> new RequestInfoComparison();
      default -> throw new IllegalArgumentException("no such mode: " + mode);
    };
  }

  static String option(String[] args, String name, String otherwise) {
    for (int i = 0; i + 1 < args.length; i++) {
      if (args[i].equals(name)) {
        return args[i + 1];
      }
    }
    return otherwise;
  }
}

package dev.certwright.rbac.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Asks Certwright and upstream's own code the same random questions.
 *
 * <pre>
 *   Differential --oracle PROGRAM --mode decide|rules|requestinfo|aggregate|validate
 *                [--cases 100000] [--seed 1]
 * </pre>
 *
 * <p>Ends with 1 at the first disagreement, after it has made the case small. Cases depend on the
 * seed alone.
 */
public final class Differential {
  private Differential() {}

  /** Runs. */
  public static void main(String[] args) {
    String program = option(args, "--oracle", "");
    String mode = option(args, "--mode", "decide");
    long cases = Long.parseLong(option(args, "--cases", "100000"));
    long seed = Long.parseLong(option(args, "--seed", "1"));
    if (program.isEmpty()) {
      System.err.println("error: --oracle names the program that answers as upstream does");
      System.exit(2);
    }
    Comparison comparison = comparison(mode);
    List<String> command = new ArrayList<>(List.of(program, comparison.mode()));
    long done = 0;
    long began = System.nanoTime();
    try (Oracle oracle = new Oracle(command)) {
      for (long round = 0; done < cases; round++) {
        try {
          done += comparison.round(new Random(seed * 1_000_003 + round), oracle);
        } catch (AssertionError e) {
          System.out.println("seed " + seed + " round " + round + ": " + e.getMessage());
          System.exit(1);
        }
      }
    }
    System.out.printf(
        "%s: %d cases agree, seed %d, %.0f s%n",
        mode, done, seed, (System.nanoTime() - began) / 1e9);
  }

  private static Comparison comparison(String mode) {
    return switch (mode) {
      case "decide" -> new DecideComparison();
      case "requestinfo" -> new RequestInfoComparison();
      default -> throw new IllegalArgumentException("no such mode: " + mode);
    };
  }

  private static String option(String[] args, String name, String otherwise) {
    for (int i = 0; i + 1 < args.length; i++) {
      if (args[i].equals(name)) {
        return args[i + 1];
      }
    }
    return otherwise;
  }
}

package dev.certwright.rbac.generator;

import dev.certwright.testing.RandomCases;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Writes down what upstream's code answers to some random questions, so that the ordinary tests
 * need no Go: pairs of lines, a question and its answer, one file for each mode.
 *
 * <pre>
 *   RecordAnswers --oracle PROGRAM --into rbac/src/test/resources/dev/certwright/rbac/upstream-answers
 * </pre>
 */
public final class RecordAnswers {
  private static final long SEED = 90_000;

  private RecordAnswers() {}

  /** Writes the files. */
  public static void main(String[] args) throws IOException {
    String program = Differential.option(args, "--oracle", "");
    Path into = Path.of(Differential.option(args, "--into", "."));
    Files.createDirectories(into);
    for (String mode : List.of("decide", "rules", "requestinfo", "aggregate", "validate")) {
      List<String> pairs = new ArrayList<>();
      try (Oracle oracle = new Oracle(List.of(program, mode))) {
        for (String line : questions(mode)) {
          pairs.add(line);
          pairs.add(oracle.ask(List.of(line)).get(0));
        }
      }
      Files.write(into.resolve(mode + ".jsonl"), pairs, StandardCharsets.UTF_8);
    }
  }

  private static List<String> questions(String mode) {
    List<String> lines = new ArrayList<>();
    int rounds = mode.equals("decide") || mode.equals("rules") ? 16 : 40;
    for (int round = 0; round < rounds; round++) {
      Random random = RandomCases.random(SEED, round);
      switch (mode) {
        case "requestinfo" -> {
          RandomRequests generator = new RandomRequests(random);
          for (int i = 0; i < 25; i++) {
            lines.add(RequestInfoComparison.line(generator.method(), generator.url()));
          }
        }
        case "aggregate" ->
            lines.add(
                DecideComparison.policyLine(List.copyOf(new RandomClusterRoles(random).roles())));
        case "validate" -> {
          RandomManifests generator = new RandomManifests(random);
          for (int i = 0; i < 8; i++) {
            lines.add(ValidateComparison.line(generator.object()));
          }
        }
        default -> {
          RandomPolicies generator = new RandomPolicies(random);
          lines.add(DecideComparison.policyLine(generator.policy()));
          for (int i = 0; i < 15; i++) {
            lines.add(
                mode.equals("decide")
                    ? DecideComparison.line(generator.question())
                    : RulesComparison.line(generator.identity(), "a"));
          }
        }
      }
    }
    return lines;
  }
}

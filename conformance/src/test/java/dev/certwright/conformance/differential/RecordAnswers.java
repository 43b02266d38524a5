package dev.certwright.conformance.differential;

import dev.certwright.conformance.controlplane.Upstream;
import dev.certwright.conformance.program.Places;
import dev.certwright.rbac.generator.Oracle;
import dev.certwright.yaml.JsonWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes upstream's answers down, so that the ordinary tests need no Go: a question and its answer
 * by turns, one file for each mode, in {@code src/test/resources}. Without arguments; or the modes.
 */
public final class RecordAnswers {
  static final long SEED = 20_260_601;
  static final int CASES = 200;

  private RecordAnswers() {}

  /** See the class. */
  public static void main(String[] modes) throws IOException {
    Path into =
        Places.module()
            .resolve("src/test/resources/dev/certwright/conformance/differential/answers");
    Files.createDirectories(into);
    String program = Upstream.built().oracle().toString();
    List<Mode> chosen =
        modes.length == 0 ? Modes.all() : Stream.of(modes).map(Modes::named).toList();
    for (Mode mode : chosen) {
      List<String> lines = new ArrayList<>();
      try (Oracle oracle = new Oracle(List.of(program, mode.name()))) {
        for (int number = 0; number < CASES; number++) {
          String question = JsonWriter.compact(Differential.question(mode, SEED, number));
          lines.add(question);
          lines.add(oracle.ask(List.of(question)).get(0));
        }
      }
      Files.write(into.resolve(mode.name() + ".jsonl"), lines, StandardCharsets.UTF_8);
    }
  }
}

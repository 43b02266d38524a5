package dev.certwright.rbac.measure;

import dev.certwright.rbac.Attributes;
import dev.certwright.rbac.Policy;
import dev.certwright.rbac.RbacObject;
import dev.certwright.rbac.generator.DecideComparison;
import dev.certwright.rbac.generator.ObjectJson;
import dev.certwright.rbac.generator.Oracle;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNumber;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** How long upstream's authorizer takes: the mode {@code bench-decide} of the oracle. */
final class UpstreamTimes {
  private static long heapBytes;

  private UpstreamTimes() {}

  /** Nanoseconds of one decision on one thread. */
  static double nanos(String oracle, Policy policy, List<Attributes> questions) throws IOException {
    Path objects = Files.createTempFile("policy", ".json");
    Path input = Files.createTempFile("questions", ".jsonl");
    try {
      try (BufferedWriter out = Files.newBufferedWriter(objects)) {
        policy.forEach(object -> write(out, object));
      }
      StringBuilder lines = new StringBuilder("{\"policy\":[\"" + objects + "\"]}\n");
      for (Attributes asked : questions) {
        lines.append(DecideComparison.line(asked)).append('\n');
      }
      Files.writeString(input, lines);
      Process process =
          new ProcessBuilder(oracle, "bench-decide")
              .redirectInput(input.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
      String answer =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
      YamlMapping result = Oracle.parse(answer);
      heapBytes = (long) number(result, "heapBytes");
      return number(result, "nsPerOp");
    } finally {
      Files.delete(objects);
      Files.delete(input);
    }
  }

  /** What the policy of the last measurement took in upstream's memory. */
  static long lastHeapBytes() {
    return heapBytes;
  }

  private static void write(BufferedWriter out, RbacObject object) {
    try {
      out.write(ObjectJson.line(ObjectJson.of(object)));
      out.newLine();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static double number(YamlMapping result, String key) {
    return result.get(key) instanceof YamlNumber number
        ? number.bigDecimalValue().doubleValue()
        : 0;
  }
}

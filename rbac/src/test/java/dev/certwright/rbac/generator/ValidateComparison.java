package dev.certwright.rbac.generator;

import dev.certwright.rbac.manifest.Manifest;
import dev.certwright.rbac.manifest.ManifestLoader;
import dev.certwright.rbac.manifest.Problem;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Random RBAC objects, and what an API server says of them when they are created. */
public final class ValidateComparison implements Comparison {
  private static final int CASES = 200;

  @Override
  public String mode() {
    return "validate";
  }

  @Override
  public int round(Random random, Oracle oracle) {
    RandomManifests generator = new RandomManifests(random);
    List<String> objects = new ArrayList<>();
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < CASES; i++) {
      YamlMapping object = generator.object();
      objects.add(ObjectJson.line(object));
      lines.add(line(object));
    }
    List<String> answers = oracle.ask(lines);
    for (int i = 0; i < CASES; i++) {
      String problem = problem(objects.get(i), answers.get(i));
      if (problem != null) {
        throw new AssertionError(problem + "\nof " + objects.get(i));
      }
    }
    return CASES;
  }

  static String line(YamlMapping object) {
    return ObjectJson.line(YamlMapping.builder().put("object", object).build());
  }

  /** What is wrong with the answers to one object, null if nothing is. */
  static @Nullable String problem(String object, String answer) {
    return Comparison.problem(() -> compared(object, answer));
  }

  private static @Nullable String compared(String object, String answer) {
    ManifestLoader loader = ManifestLoader.strict();
    loader.add("object.json", object.getBytes(StandardCharsets.UTF_8));
    Manifest manifest = loader.manifest();
    YamlMapping upstream = Oracle.parse(answer);
    String decoding = DecideComparison.text(upstream, "decoding");
    if (!decoding.isEmpty() && !decoding.startsWith("strict decoding error")) {
      boolean undecodable =
          manifest.objects().isEmpty()
              && !manifest.problems().isEmpty()
              && manifest.problems().get(0).message().startsWith("expected ");
      return undecodable ? null : "decoded " + manifest + "\nupstream " + answer;
    }
    TreeSet<String> ours = new TreeSet<>();
    for (Problem problem : manifest.problems()) {
      ours.add(problem.field() + ": " + problem.message());
    }
    TreeSet<String> theirs = new TreeSet<>();
    if (upstream.get("causes") instanceof YamlSequence causes) {
      for (YamlValue cause : causes.values()) {
        YamlMapping mapping = (YamlMapping) cause;
        theirs.add(
            DecideComparison.text(mapping, "field")
                + ": "
                + DecideComparison.text(mapping, "message"));
      }
    }
    return ours.equals(theirs) ? null : ours + "\nupstream " + theirs + " " + answer;
  }
}

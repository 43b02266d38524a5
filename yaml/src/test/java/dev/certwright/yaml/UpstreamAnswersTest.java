package dev.certwright.yaml;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The answers of sigs.k8s.io/yaml v1.6.0, kept as a file: {@code yaml} is the text, {@code json}
 * what YAMLToJSON made of it, {@code refused} that it made an error.
 */
class UpstreamAnswersTest {

  @Test
  void everyTextIsReadOrRefusedAsUpstreamDoes() throws IOException {
    List<String> disagreements = new ArrayList<>();
    int read = 0;
    int refused = 0;
    for (String line : lines()) {
      YamlMapping expected =
          (YamlMapping) YamlReader.strict().readJson("answers", line.getBytes(UTF_8));
      String yaml = string(expected, "yaml");
      String answer = answer(yaml);
      if (expected.get("refused") != null) {
        refused++;
        if (!answer.startsWith("refused")) {
          disagreements.add(line + " but here " + answer);
        }
      } else {
        read++;
        YamlValue json =
            YamlReader.strict().readJson("json", string(expected, "json").getBytes(UTF_8));
        if (!answer.equals(JsonWriter.compact(sorted(json)))) {
          disagreements.add(line + " but here " + answer);
        }
      }
    }
    assertThat(disagreements).isEmpty();
    assertThat(read).isGreaterThan(1000);
    assertThat(refused).isGreaterThan(500);
  }

  private static String answer(String yaml) {
    try {
      return JsonWriter.compact(sorted(YamlReader.lenient().read("text", yaml)));
    } catch (YamlException e) {
      return "refused: " + e.getMessage();
    }
  }

  /** encoding/json sorts the keys of maps. */
  private static YamlValue sorted(YamlValue value) {
    if (value instanceof YamlSequence sequence) {
      List<YamlValue> values = new ArrayList<>();
      for (YamlValue item : sequence.values()) {
        values.add(sorted(item));
      }
      return YamlSequence.of(values);
    }
    if (value instanceof YamlMapping mapping) {
      YamlMapping.Builder builder = YamlMapping.builder();
      mapping.entries().stream()
          .sorted((a, b) -> a.key().compareTo(b.key()))
          .forEach(entry -> builder.put(entry.key(), sorted(entry.value())));
      return builder.build();
    }
    return value;
  }

  private static String string(YamlMapping mapping, String key) {
    YamlValue value = mapping.get(key);
    assertThat(value).isInstanceOf(YamlString.class);
    return ((YamlString) value).value();
  }

  private static List<String> lines() throws IOException {
    try (InputStream in = UpstreamAnswersTest.class.getResourceAsStream("upstream-answers.jsonl")) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }
}

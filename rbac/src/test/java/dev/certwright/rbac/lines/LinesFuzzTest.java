package dev.certwright.rbac.lines;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.certwright.rbac.Policy;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

class LinesFuzzTest {
  @FuzzTest(maxDuration = "10s")
  void any_bytes_are_answered_line_by_line(byte[] bytes) throws IOException {
    for (QuestionLines lines :
        List.of(
            new CanILines(() -> Policy.EMPTY),
            new RulesLines(() -> Policy.EMPTY),
            new RequestInfoLines())) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      LineCounts counts = lines.run(new ByteArrayInputStream(bytes), out);
      String text = out.toString(StandardCharsets.UTF_8);
      long answers = 0;
      for (String line : text.lines().toList()) {
        if (!line.isEmpty()) {
          answers++;
          assertThat(YamlReader.lenient().readJson("out", line.getBytes(StandardCharsets.UTF_8)))
              .isInstanceOf(YamlMapping.class);
        }
      }
      assertThat(answers).isEqualTo(counts.answered() + counts.refused());
    }
  }
}

package dev.certwright.conformance.differential;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import java.util.Random;

/** Static token files: CSV with odd quotes, columns and lines. */
final class TokenFileMode implements Mode {
  private static final String[] FIELDS = {
    "t",
    "T",
    "t2",
    "tök",
    "jane",
    "",
    "7",
    "\"dev,ops\"",
    "\"dev, ops\"",
    "\"\"",
    "\"a\"\"b\"",
    " t",
    "t ",
    "\"t\"",
    "\"",
    "a\"b",
    "system:masters",
    "\"x\ny\"",
    "#",
    "Bearer t",
    "\u00A0"
  };

  @Override
  public String name() {
    return "tokenfile";
  }

  @Override
  public boolean isCompared() {
    return false;
  }

  @Override
  public YamlMapping question(Random random) {
    Choices choices = new Choices(random);
    StringBuilder file = new StringBuilder(choices.once(20) ? "\uFEFF" : "");
    for (int lines = random.nextInt(5); lines > 0; lines--) {
      file.append(choices.of("t", "T", "t2", "", "\"t\""));
      for (int fields = random.nextInt(5); fields > 0; fields--) {
        file.append(',').append(choices.of(FIELDS));
      }
      file.append(choices.of("\n", "\n", "\r\n", "\n\n", "\r", ""));
    }
    return YamlMapping.builder()
        .put("file", file.toString())
        .put("tokens", YamlSequence.ofStrings(choices.some(4, "t", "T", "t2", "", " t", "tök")))
        .build();
  }
}

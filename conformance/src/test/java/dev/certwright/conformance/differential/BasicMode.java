package dev.certwright.conformance.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Random;

/** The Authorization header of HTTP Basic. */
final class BasicMode implements Mode {
  @Override
  public String name() {
    return "basic";
  }

  @Override
  public boolean isCompared() {
    return false;
  }

  @Override
  public YamlMapping question(Random random) {
    Choices choices = new Choices(random);
    List<String> values = new ArrayList<>();
    for (int count = random.nextInt(3); count > 0; count--) {
      String pair =
          choices.of(
              "jane:secret", "jane:", ":secret", ":", "jane", "", "a:b:c", "ü:é", "\u0000:\u0000");
      String encoded = Base64.getEncoder().encodeToString(pair.getBytes(UTF_8));
      if (choices.once(4)) {
        encoded = choices.damaged(encoded, "=", " ", "-", "_", "\n", "!");
      }
      values.add(
          choices.of("Basic", "basic", "BASIC", "Bearer", "Basic:", "")
              + choices.of(" ", " ", "  ", "\t", "")
              + encoded);
    }
    return YamlMapping.builder().put("authorization", YamlSequence.ofStrings(values)).build();
  }
}

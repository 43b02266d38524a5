package dev.certwright.conformance.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.certwright.authentication.password.BasicCredentials;
import dev.certwright.rbac.GoText;
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

  @Override
  public List<Difference> differences(YamlMapping question, YamlMapping answer) {
    List<Difference> differences = new ArrayList<>();
    List<String> values = Choices.texts(question, "authorization");
    BasicCredentials shown = BasicCredentials.of(values.isEmpty() ? "" : values.get(0));
    YamlMapping ours =
        YamlMapping.builder()
            .put("ok", shown != null)
            .put("user", shown == null ? "" : GoText.replaceStray(shown.name()))
            .put("password", shown == null ? "" : GoText.replaceStray(shown.password()))
            .build();
    for (String field : List.of("ok", "user", "password")) {
      UserAnswer.compare(
          differences, field, UserAnswer.json(ours.get(field)), UserAnswer.json(answer.get(field)));
    }
    return differences;
  }
}

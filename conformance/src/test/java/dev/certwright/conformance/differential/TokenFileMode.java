package dev.certwright.conformance.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.certwright.authentication.Authentication;
import dev.certwright.authentication.CredentialFileException;
import dev.certwright.authentication.token.StaticTokens;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import java.util.ArrayList;
import java.util.List;
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

  @Override
  public List<Difference> differences(YamlMapping question, YamlMapping answer) {
    List<Difference> differences = new ArrayList<>();
    String error = "";
    List<String> users = new ArrayList<>();
    try {
      StaticTokens tokens =
          StaticTokens.read("tokens.csv", Choices.text(question, "file").getBytes(UTF_8));
      for (String token : Choices.texts(question, "tokens")) {
        users.add(
            UserAnswer.of(
                tokens.authenticate(token) instanceof Authentication.Authenticated known
                    ? known.identity()
                    : null));
      }
    } catch (CredentialFileException unusable) {
      error = String.valueOf(unusable.getMessage());
    }
    UserAnswer.compare(differences, "error", error, Choices.text(answer, "error"));
    if (error.isEmpty()) {
      UserAnswer.compare(
          differences,
          "users",
          "[" + String.join(",", users) + "]",
          UserAnswer.json(answer.get("users")));
    }
    return differences;
  }
}

package dev.certwright.conformance.differential;

import dev.certwright.authentication.RequestHeaders;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What a front proxy says of a user in headers. */
final class RequestHeaderMode implements Mode {
  private static final String[] NAMES = {
    "X-Remote-User",
    "x-remote-user",
    "X-Remote-Group",
    "X-REMOTE-GROUP",
    "X-Remote-Uid",
    "X-Remote-Extra-Scopes",
    "X-Remote-Extra-%41",
    "X-Remote-Extra-",
    "X-Remote-Extra-a%2Fb",
    "X-Remote-Extra-%zz",
    "X-Other-User",
    "Authorization"
  };

  @Override
  public String name() {
    return "request-header";
  }

  @Override
  public YamlMapping question(Random random) {
    Choices choices = new Choices(random);
    Headers headers = new Headers();
    for (int count = random.nextInt(7); count > 0; count--) {
      headers.add(
          choices.of(NAMES), choices.of("jane", "devs", "", " x ", "a,b", "é", "system:masters"));
    }
    YamlMapping.Builder question = YamlMapping.builder().put("headers", headers.build());
    if (choices.once(4)) {
      question.put(
          "nameHeaders",
          YamlSequence.ofStrings(
              choices.some(2, "X-Other-User", "x-remote-user", "X-Remote-User")));
    }
    if (choices.once(4)) {
      question.put(
          "uidHeaders", YamlSequence.ofStrings(choices.some(2, "X-Remote-Uid", "X-Other-Uid")));
    }
    if (choices.once(4)) {
      question.put(
          "extraPrefixes",
          YamlSequence.ofStrings(choices.some(2, "X-Remote-Extra-", "x-remote-", "X-Other-")));
    }
    return question.build();
  }

  @Override
  public List<Difference> differences(YamlMapping question, YamlMapping answer) {
    List<Difference> differences = new ArrayList<>();
    RequestHeaders headers =
        new RequestHeaders(
            names(question, "nameHeaders", "X-Remote-User"),
            names(question, "uidHeaders", "X-Remote-Uid"),
            names(question, "groupHeaders", "X-Remote-Group"),
            names(question, "extraPrefixes", "X-Remote-Extra-"));
    UserAnswer.compare(
        differences,
        "user",
        UserAnswer.of(headers.identity(AskedRequest.of(question))),
        UserAnswer.json(answer.get("user")));
    return differences;
  }

  private static List<String> names(YamlMapping question, String field, String otherwise) {
    return question.get(field) == null ? List.of(otherwise) : Choices.texts(question, field);
  }
}

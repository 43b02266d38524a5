package dev.certwright.conformance.differential;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import java.util.List;
import java.util.Random;

/** Bearer tokens in the Authorization header and in WebSocket subprotocols. */
final class BearerMode implements Mode {
  @Override
  public String name() {
    return "bearer";
  }

  @Override
  public boolean isCompared() {
    return false;
  }

  @Override
  public YamlMapping question(Random random) {
    Choices choices = new Choices(random);
    Headers headers = new Headers();
    for (int count = random.nextInt(3); count > 0; count--) {
      headers.add(
          choices.of("Authorization", "authorization", "AUTHORIZATION"),
          choices.of("Bearer", "bearer", "BEARER", "Basic", "", "Bearer:", "Bearer,")
              + choices.of(" ", " ", "  ", "\t", "")
              + choices.of("abc", "", "abc def", "abc ", "bad", "ab\u00E9c", "a,b", "=="));
    }
    for (int count = random.nextInt(3); count > 0; count--) {
      headers.add(
          choices.of("Sec-WebSocket-Protocol", "sec-websocket-protocol"),
          String.join(
              choices.of(",", ", ", " ,"),
              choices.some(
                  3,
                  "base64url.bearer.authorization.k8s.io.YWJj",
                  "base64url.bearer.authorization.k8s.io.YWJj=",
                  "base64url.bearer.authorization.k8s.io.",
                  "base64url.bearer.authorization.k8s.io.!",
                  "base64url.bearer.authorization.k8s.io._-8",
                  "v4.channel.k8s.io",
                  "",
                  "base64.binary.k8s.io")));
    }
    if (choices.once(2)) {
      headers.add("Connection", choices.of("Upgrade", "upgrade", "keep-alive, Upgrade", "close"));
      headers.add("Upgrade", choices.of("websocket", "WebSocket", "h2c", ""));
    }
    YamlMapping known =
        YamlMapping.builder()
            .put(
                "abc",
                YamlMapping.builder()
                    .put("user", "jane")
                    .put("groups", YamlSequence.ofStrings(List.of("devs")))
                    .build())
            .put("bad", YamlMapping.builder().put("error", "broken").build())
            .build();
    return YamlMapping.builder().put("headers", headers.build()).put("tokens", known).build();
  }
}

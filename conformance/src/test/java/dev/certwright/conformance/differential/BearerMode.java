package dev.certwright.conformance.differential;

import dev.certwright.authentication.Authentication;
import dev.certwright.authentication.token.BearerTokenAuthenticator;
import dev.certwright.authentication.token.TokenAuthenticator;
import dev.certwright.authentication.token.WebSocketTokenAuthenticator;
import dev.certwright.identity.Identity;
import dev.certwright.rbac.GoText;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/** Bearer tokens in the Authorization header and in WebSocket subprotocols. */
final class BearerMode implements Mode {
  @Override
  public String name() {
    return "bearer";
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

  @Override
  public List<Difference> differences(YamlMapping question, YamlMapping answer) {
    List<Difference> differences = new ArrayList<>();
    AskedRequest request = AskedRequest.of(question);
    compare(
        differences,
        "bearer",
        question,
        answer,
        tokens -> new BearerTokenAuthenticator(tokens).authenticate(request));
    compare(
        differences,
        "webSocket",
        question,
        answer,
        tokens -> new WebSocketTokenAuthenticator(tokens).authenticate(request));
    String warning = BearerTokenAuthenticator.warning(request);
    UserAnswer.compare(
        differences,
        "warning",
        warning.isEmpty() ? "[]" : "[" + warning + "]",
        Choices.texts(Choices.mapping(answer, "bearer"), "warnings").toString());
    return differences;
  }

  private static void compare(
      List<Difference> differences,
      String name,
      YamlMapping question,
      YamlMapping answer,
      Function<TokenAuthenticator, Authentication> authenticator) {
    List<String> asked = new ArrayList<>();
    YamlMapping tokens = Choices.mapping(question, "tokens");
    Authentication ours =
        authenticator.apply(
            token -> {
              asked.add(GoText.replaceStray(token));
              if (!(tokens.get(token) instanceof YamlMapping known)) {
                return new Authentication.NoOpinion();
              }
              String error = Choices.text(known, "error");
              return error.isEmpty()
                  ? new Authentication.Authenticated(
                      Identity.of(Choices.text(known, "user"), Choices.texts(known, "groups")))
                  : new Authentication.Failed(error);
            });
    YamlMapping theirs = Choices.mapping(answer, name);
    UserAnswer.compare(
        differences,
        name + "-token",
        asked.isEmpty() ? "null" : JsonWriter.compact(YamlString.of(asked.get(0))),
        UserAnswer.json(theirs.get("token")));
    UserAnswer.compare(
        differences,
        name + "-user",
        UserAnswer.of(ours instanceof Authentication.Authenticated known ? known.identity() : null),
        UserAnswer.json(theirs.get("user")));
    UserAnswer.compare(
        differences,
        name + "-error",
        ours instanceof Authentication.Failed failed ? failed.reason() : "",
        Choices.text(theirs, "error"));
  }
}

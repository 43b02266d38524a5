package dev.certwright.x509.chain;

import dev.certwright.identity.CredentialId;
import dev.certwright.identity.Identity;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** What was said of a {@link ChainQuestion}; the text of an error is for people only. */
record ChainAnswer(
    String id,
    boolean ok,
    String name,
    List<String> groups,
    String uid,
    String credentialId,
    String stage,
    String error) {
  private static final JsonFactory JSON = new JsonFactory();

  static ChainAnswer of(String id, ClientVerdict verdict) {
    if (verdict instanceof ClientVerdict.Accepted accepted) {
      Identity identity = accepted.identity();
      List<String> credentials = identity.extra().getOrDefault(CredentialId.EXTRA_KEY, List.of());
      return new ChainAnswer(
          id,
          true,
          identity.name(),
          identity.groups(),
          identity.uid(),
          String.join(",", credentials),
          "",
          "");
    }
    Refusal refusal = ((ClientVerdict.Refused) verdict).refusal();
    return refused(id, refusal.stage(), refusal.reason() + ": " + refusal.message());
  }

  static ChainAnswer refused(String id, Stage stage, String error) {
    return new ChainAnswer(id, false, "", List.of(), "", "", stage.word(), error);
  }

  static ChainAnswer parse(String line) {
    String id = "";
    boolean ok = false;
    String name = "";
    List<String> groups = List.of();
    String uid = "";
    String credentialId = "";
    String stage = "";
    String error = "";
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String field = parser.currentName();
        parser.nextToken();
        switch (field) {
          case "id" -> id = parser.getString();
          case "ok" -> ok = parser.getBooleanValue();
          case "name" -> name = parser.getString();
          case "groups" -> groups = texts(parser);
          case "uid" -> uid = parser.getString();
          case "credentialId" -> credentialId = parser.getString();
          case "stage" -> stage = parser.getString();
          case "error", "panic" -> error = parser.getString();
          case "handshakeNote" -> parser.getString();
          default -> throw new AssertionError("an answer with the field " + field + ": " + line);
        }
      }
    }
    return new ChainAnswer(id, ok, name, groups, uid, credentialId, stage, error);
  }

  private static List<String> texts(JsonParser parser) {
    List<String> texts = new ArrayList<>();
    if (parser.currentToken() == JsonToken.START_ARRAY) {
      while (parser.nextToken() == JsonToken.VALUE_STRING) {
        texts.add(parser.getString());
      }
    }
    return texts;
  }

  /** Whether both say the same, but for the text of an error. */
  boolean agreesWith(ChainAnswer other) {
    return ok == other.ok
        && name.equals(other.name)
        && groups.equals(other.groups)
        && uid.equals(other.uid)
        && credentialId.equals(other.credentialId)
        && stage.equals(other.stage);
  }

  /** Whether this lets somebody in whom the other does not, or as somebody else. */
  boolean isLaxerThan(ChainAnswer other) {
    return ok && !agreesWith(other);
  }
}

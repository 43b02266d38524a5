package dev.certwright.x509.chain;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** A line of a suite or for the oracle: would these CAs let this chain in at this time? */
public record ChainQuestion(
    String id, List<String> roots, List<String> chain, Instant time, boolean anyExtendedKeyUsage) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Reads a line; fields that it does not know are skipped. */
  public static ChainQuestion parse(String line) {
    String id = "";
    List<String> roots = List.of();
    List<String> chain = List.of();
    Instant time = Instant.EPOCH;
    boolean any = false;
    try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        switch (name) {
          case "id" -> id = parser.getString();
          case "roots" -> roots = texts(parser);
          case "chain" -> chain = texts(parser);
          case "time" -> time = OffsetDateTime.parse(parser.getString()).toInstant();
          case "anyEKU" -> any = parser.getBooleanValue();
          default -> parser.skipChildren();
        }
      }
    }
    return new ChainQuestion(id, roots, chain, time, any);
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

  static String pem(byte[] der) {
    return "-----BEGIN CERTIFICATE-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
        + "\n-----END CERTIFICATE-----\n";
  }

  /** The line that asks the oracle. */
  public String line() {
    StringBuilder text = new StringBuilder("{\"id\":\"").append(id).append("\",\"roots\":[");
    append(text, roots);
    append(text.append("],\"chain\":["), chain);
    return text.append("],\"time\":\"")
        .append(time)
        .append("\",\"anyEKU\":")
        .append(anyExtendedKeyUsage)
        .append('}')
        .toString();
  }

  private static void append(StringBuilder text, List<String> values) {
    for (int i = 0; i < values.size(); i++) {
      text.append(i == 0 ? "\"" : ",\"");
      String value = values.get(i);
      for (int k = 0; k < value.length(); k++) {
        char c = value.charAt(k);
        switch (c) {
          case '\n' -> text.append("\\n");
          case '\r' -> text.append("\\r");
          case '\t' -> text.append("\\t");
          case '"', '\\' -> text.append('\\').append(c);
          default -> text.append(c);
        }
      }
      text.append('"');
    }
  }

  /** The trusted CAs, PEM. */
  public byte[] bundle() {
    return String.join("\n", roots).getBytes(StandardCharsets.UTF_8);
  }

  /** PEM, leaf first. */
  public List<byte[]> presented() {
    List<byte[]> presented = new ArrayList<>();
    for (String text : chain) {
      presented.add(text.getBytes(StandardCharsets.UTF_8));
    }
    return presented;
  }

  /** What certificates must be good for. */
  public Purpose purpose() {
    return anyExtendedKeyUsage ? Purpose.ANY : Purpose.CLIENT_AUTHENTICATION;
  }
}

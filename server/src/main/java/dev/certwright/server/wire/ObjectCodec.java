package dev.certwright.server.wire;

import dev.certwright.rbac.GoText;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlLimits;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import dev.certwright.yaml.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Objects to bytes and back. */
public final class ObjectCodec {
  private static final YamlReader READER =
      YamlReader.lenient().withLimits(new YamlLimits(3 << 20, 100, 200_000));

  // What upstream looks for first, as Go writes its type.
  private static final String GO_TYPE =
      "struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\"; Kind string"
          + " \"json:\\\"kind,omitempty\\\"\" }";

  private ObjectCodec() {}

  /**
   * The form that a client gets an object of this kind in.
   *
   * @return null if it takes none that there is
   */
  public static @Nullable MediaType choose(List<Accepted> wanted, String kind) {
    for (Accepted accepted : wanted) {
      if (accepted.isWhole()
          && (accepted.type() != MediaType.PROTOBUF || ProtobufEnvelope.knows(kind))) {
        return accepted.type();
      }
    }
    return null;
  }

  /**
   * Bytes of an object, which has {@code apiVersion} and {@code kind}.
   *
   * @param pretty whether people read it
   */
  public static byte[] write(YamlMapping object, MediaType type, boolean pretty) {
    return switch (type) {
      case YAML -> YamlWriter.write(sorted(object)).getBytes(StandardCharsets.UTF_8);
      case PROTOBUF ->
          ProtobufEnvelope.write(text(object, "apiVersion"), text(object, "kind"), object);
      case JSON ->
          escaped(
                  pretty
                      ? JsonWriter.pretty(object).stripTrailing()
                      : JsonWriter.compact(object) + "\n")
              .getBytes(StandardCharsets.UTF_8);
    };
  }

  /** The same with the keys of all mappings in order, as Go writes maps. */
  public static YamlValue sorted(YamlValue value) {
    if (value instanceof YamlSequence list) {
      return YamlSequence.of(list.values().stream().map(ObjectCodec::sorted).toList());
    }
    if (!(value instanceof YamlMapping mapping)) {
      return value;
    }
    List<YamlMapping.Entry> entries = new ArrayList<>(mapping.entries());
    entries.sort((one, other) -> GoText.ORDER.compare(one.key(), other.key()));
    YamlMapping.Builder all = YamlMapping.builder();
    for (YamlMapping.Entry entry : entries) {
      all.put(entry.key(), sorted(entry.value()));
    }
    return all.build();
  }

  /** JSON on one line, as Go's encoder writes it. */
  public static String compactJson(YamlValue value) {
    return escaped(JsonWriter.compact(value));
  }

  // Go's encoder escapes what HTML would take for markup; outside of strings JSON has none of it.
  private static String escaped(String json) {
    StringBuilder out = null;
    int from = 0;
    for (int i = 0; i < json.length(); i++) {
      char c = json.charAt(i);
      if (c == '<' || c == '>' || c == '&') {
        out = out == null ? new StringBuilder(json.length() + 64) : out;
        out.append(json, from, i).append(c == '<' ? "\\u003c" : c == '>' ? "\\u003e" : "\\u0026");
        from = i + 1;
      }
    }
    return out == null ? json : out.append(json, from, json.length()).toString();
  }

  /**
   * The form that a body claims to have.
   *
   * @param contentType of the request, empty for JSON
   * @return null if it is none of these
   */
  public static @Nullable MediaType typeOf(String contentType) {
    if (contentType.isEmpty()) {
      return MediaType.JSON;
    }
    int semicolon = contentType.indexOf(';');
    if (semicolon >= 0 && !MediaTypeParameters.areValid(contentType.substring(semicolon))) {
      return null;
    }
    String type =
        (semicolon < 0 ? contentType : contentType.substring(0, semicolon))
            .strip()
            .toLowerCase(Locale.ROOT);
    for (MediaType known : MediaType.values()) {
      if (known.text().equals(type)) {
        return known;
      }
    }
    return null;
  }

  /** An object that was read, and what a strict reader would have found. */
  public record Read(YamlMapping object, FieldProblems problems) {}

  /**
   * Reads an object.
   *
   * @param expectedKind of protobuf that does not say
   * @throws WireException if it is none
   */
  public static Read read(byte[] body, MediaType type, String expectedKind) {
    FieldProblems problems = new FieldProblems(type);
    if (type == MediaType.PROTOBUF) {
      return new Read(ProtobufEnvelope.read(body, expectedKind), problems);
    }
    YamlReader reader = READER.withRepeatedKeys(problems::repeated);
    try {
      YamlValue value =
          type == MediaType.JSON
              ? reader.readJson("the body", body)
              : reader.read("the body", body);
      if (value instanceof YamlMapping mapping) {
        return new Read(mapping, problems);
      } else if (value instanceof YamlNull) {
        // Go decodes it into an object without changing that.
        return new Read(YamlMapping.EMPTY, problems);
      }
      throw unrecognized(
          "json: cannot unmarshal "
              + TypedObject.goKind(value)
              + " into Go value of type "
              + GO_TYPE);
    } catch (YamlException malformed) {
      String problem = type == MediaType.JSON ? JsonSyntax.problem(body) : "";
      throw problem.isEmpty()
          ? new WireException("couldn't get version/kind; " + malformed.getMessage())
          : unrecognized(problem);
    }
  }

  private static WireException unrecognized(String problem) {
    return new WireException("couldn't get version/kind; json parse error: " + problem);
  }

  private static String text(YamlMapping object, String key) {
    return object.get(key) instanceof YamlString text ? text.value() : "";
  }
}

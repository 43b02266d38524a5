package dev.certwright.server.review;

import dev.certwright.server.pipeline.Call;
import dev.certwright.server.pipeline.RefusedException;
import dev.certwright.server.pipeline.StatusObject;
import dev.certwright.server.wire.FieldProblems;
import dev.certwright.server.wire.MediaType;
import dev.certwright.server.wire.ObjectCodec;
import dev.certwright.server.wire.TypedObject;
import dev.certwright.server.wire.WireException;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The object that a review was posted as: its fields, typed.
 *
 * @param apiVersion of the answer too
 * @param kind of the answer too
 * @param fields {@code metadata}, {@code spec}
 * @param problems what a strict reader says of it
 */
record ReviewObject(String apiVersion, String kind, YamlMapping fields, FieldProblems problems) {
  private static final int SUMMARY_BYTES = 30;

  /**
   * Reads the body of a call.
   *
   * @param group that is served here
   * @param versions that are served here, the usual one first
   * @throws RefusedException if it is no such object
   */
  static ReviewObject read(Call call, String group, List<String> versions, String kind) {
    MediaType type = ObjectCodec.typeOf(call.request().header("Content-Type"));
    if (type == null) {
      throw new RefusedException(call.answer(415, StatusObject.unsupportedMediaType()));
    }
    ObjectCodec.Read read;
    try {
      read = ObjectCodec.read(call.body(), type, kind);
    } catch (WireException malformed) {
      throw bad(
          call,
          "the object provided is unrecognized (must be of type "
              + kind
              + "): "
              + malformed.getMessage()
              + " ("
              + summary(call.body())
              + ")");
    }
    YamlMapping object = read.object();
    String apiVersion = typeText(object, "apiVersion");
    String foundKind = typeText(object, "kind");
    apiVersion = apiVersion.isEmpty() ? group + "/" + versions.get(0) : apiVersion;
    foundKind = foundKind.isEmpty() ? kind : foundKind;
    String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
    String problem =
        foundKind + " in version \"" + version + "\" cannot be handled as a " + kind + ": ";
    if (!foundKind.equals(kind)
        || !apiVersion.equals(group + "/" + version)
        || !versions.contains(version)) {
      throw bad(
          call,
          problem
              + "no kind \""
              + foundKind
              + "\" is registered for version \""
              + apiVersion
              + "\"");
    }
    try {
      return new ReviewObject(
          apiVersion,
          kind,
          TypedObject.of(object, kind, version, read.problems()),
          read.problems());
    } catch (WireException mistyped) {
      throw bad(call, problem + mistyped.getMessage());
    }
  }

  /**
   * Refuses what a strict reader would not take.
   *
   * @throws RefusedException if there is any
   */
  void requireStrict(Call call) {
    String summary = problems.summary();
    if (!summary.isEmpty()) {
      String version = apiVersion.substring(apiVersion.indexOf('/') + 1);
      throw bad(
          call,
          kind
              + " in version \""
              + version
              + "\" cannot be handled as a "
              + kind
              + ": strict decoding error: "
              + summary);
    }
  }

  // As upstream does, and no more of it.
  private static String summary(byte[] body) {
    if (body.length == 0) {
      return "<empty>";
    }
    int shown = Math.min(body.length, SUMMARY_BYTES);
    String start =
        body[0] == '{'
            ? new String(body, 0, shown, StandardCharsets.UTF_8)
            : HexFormat.of().formatHex(body, 0, shown);
    return shown < body.length ? start + " ..." : start;
  }

  // What kind it is, upstream reads without regard to case.
  private static String typeText(YamlMapping object, String key) {
    String found = "";
    for (YamlMapping.Entry entry : object.entries()) {
      if (entry.key().equalsIgnoreCase(key) && entry.value() instanceof YamlString text) {
        found = text.value();
      }
    }
    return found;
  }

  private static RefusedException bad(Call call, String message) {
    return new RefusedException(call.answer(400, StatusObject.badRequest(message)));
  }

  YamlMapping metadata() {
    return mapping(fields, "metadata");
  }

  YamlMapping spec() {
    return mapping(fields, "spec");
  }

  /** The answer: the same object with a status. */
  YamlMapping with(YamlMapping metadata, YamlMapping spec, YamlMapping status) {
    return YamlMapping.builder()
        .put("kind", kind)
        .put("apiVersion", apiVersion)
        .put("metadata", metadata)
        .put("spec", spec)
        .put("status", status)
        .build();
  }

  static YamlMapping mapping(YamlMapping object, String key) {
    return object.get(key) instanceof YamlMapping mapping ? mapping : YamlMapping.EMPTY;
  }

  static String text(YamlMapping object, String key) {
    return object.get(key) instanceof YamlString text ? text.value() : "";
  }

  static List<String> texts(YamlMapping object, String key) {
    List<String> texts = new ArrayList<>();
    if (object.get(key) instanceof YamlSequence list) {
      for (YamlValue value : list.values()) {
        texts.add(value instanceof YamlString text ? text.value() : "");
      }
    }
    return texts;
  }

  static Map<String, List<String>> lists(YamlMapping object, String key) {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    YamlMapping map = mapping(object, key);
    for (YamlMapping.Entry entry : map.entries()) {
      lists.put(entry.key(), texts(map, entry.key()));
    }
    return lists;
  }
}

package dev.certwright.oidc.token;

import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlLimits;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON values as Go's {@code encoding/json} puts them into variables: null leaves them empty. */
public final class GoJson {
  /** Far more than fits into a header; answers of claim endpoints are bounded elsewhere. */
  private static final YamlLimits LIMITS = new YamlLimits(1 << 20, 100, 50_000);

  private GoJson() {}

  /**
   * The object that a text is.
   *
   * @throws TokenException if it is none
   */
  public static YamlMapping object(byte[] text) throws TokenException {
    return object(YamlReader.lenient(), text);
  }

  /**
   * The same, where no object may name a field twice, as in the header of a token (RFC 7515 4).
   *
   * @throws TokenException if it is none
   */
  static YamlMapping objectOfUniqueNames(byte[] text) throws TokenException {
    return object(YamlReader.strict(), text);
  }

  private static YamlMapping object(YamlReader reader, byte[] text) throws TokenException {
    // What begins with a byte order mark is no JSON, though the reader would take it.
    if (text.length > 0 && text[0] < 0) {
      throw new TokenException("not JSON");
    }
    try {
      YamlValue value = reader.withLimits(LIMITS).readJson("token", text);
      if (value instanceof YamlNull) {
        return YamlMapping.EMPTY;
      } else if (value instanceof YamlMapping mapping) {
        return mapping;
      }
      throw new TokenException(mismatch(value, "map[string]json.RawMessage"));
    } catch (YamlException malformed) {
      throw new TokenException(malformed.problem());
    }
  }

  private static String mismatch(YamlValue value, String type) {
    return "json: cannot unmarshal " + kind(value) + " into Go value of type " + type;
  }

  /** What Go calls this kind of value. */
  public static String kind(YamlValue value) {
    if (value instanceof YamlMapping) {
      return "object";
    }
    return value instanceof YamlSequence
        ? "array"
        : value instanceof YamlBoolean ? "bool" : value instanceof YamlString ? "string" : "number";
  }

  /**
   * A string.
   *
   * @throws TokenException if it is something else
   */
  public static String string(YamlValue value) throws TokenException {
    if (value instanceof YamlNull) {
      return "";
    } else if (value instanceof YamlString string) {
      return string.value();
    }
    throw new TokenException(mismatch(value, "string"));
  }

  /**
   * True or false.
   *
   * @throws TokenException if it is something else
   */
  public static boolean flag(YamlValue value) throws TokenException {
    if (value instanceof YamlNull) {
      return false;
    } else if (value instanceof YamlBoolean flag) {
      return flag.value();
    }
    throw new TokenException(mismatch(value, "bool"));
  }

  /** A list of strings; null if it is something else. */
  public static @Nullable List<String> strings(YamlValue value) {
    if (value instanceof YamlNull) {
      return List.of();
    } else if (!(value instanceof YamlSequence sequence)) {
      return null;
    } else {
      List<String> strings = new ArrayList<>();
      for (YamlValue item : sequence.values()) {
        if (item instanceof YamlNull) {
          strings.add("");
        } else if (item instanceof YamlString string) {
          strings.add(string.value());
        } else {
          return null;
        }
      }
      return strings;
    }
  }

  /**
   * A string or strings, as a claim of groups may be.
   *
   * @throws TokenException if it is something else
   */
  public static List<String> stringOrStrings(YamlValue value) throws TokenException {
    List<String> strings = strings(value);
    return strings != null ? strings : List.of(string(value));
  }
}

package dev.certwright.yaml;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * What an untagged or tagged scalar means, as go-yaml v2 resolves it for sigs.k8s.io/yaml.
 *
 * <p>It is neither YAML 1.1 nor 1.2: {@code y}, {@code on} and {@code 0777} are resolved, numbers
 * in base 60 are not, timestamps stay strings.
 */
final class ScalarResolution {
  private static final String PREFIX = "tag:yaml.org,2002:";
  private static final String BOOLEAN = PREFIX + "bool";
  private static final String INTEGER = PREFIX + "int";
  private static final String FLOAT = PREFIX + "float";
  private static final String NULL = PREFIX + "null";
  private static final String TIMESTAMP = PREFIX + "timestamp";
  private static final String BINARY = PREFIX + "binary";

  private ScalarResolution() {}

  /** The tag of {@code <<} when it is written out. */
  static final String MERGE = PREFIX + "merge";

  /** What a scalar turned out to be; only one of the three values counts. */
  record Resolved(Kind kind, String string, @Nullable BigInteger integer, double real) {
    static Resolved string(String value) {
      return new Resolved(Kind.STRING, value, null, 0);
    }

    static Resolved integer(BigInteger value) {
      return new Resolved(Kind.INTEGER, "", value, 0);
    }

    static Resolved real(double value) {
      return new Resolved(Kind.FLOAT, "", null, value);
    }
  }

  enum Kind {
    STRING("str"),
    TRUE("bool"),
    FALSE("bool"),
    NULL("null"),
    INTEGER("int"),
    FLOAT("float");

    private final String tag;

    Kind(String tag) {
      this.tag = tag;
    }
  }

  private static final Resolved TRUE = new Resolved(Kind.TRUE, "", null, 0);
  private static final Resolved FALSE = new Resolved(Kind.FALSE, "", null, 0);
  private static final Resolved NOTHING = new Resolved(Kind.NULL, "", null, 0);

  /**
   * Resolves a scalar.
   *
   * @throws YamlException if the text does not fit the tag
   */
  static Resolved resolve(String source, SyntaxNode.Scalar scalar) {
    String text = scalar.value();
    String tag = scalar.tag();
    if (tag == null) {
      return scalar.resolvable() ? untagged(text) : Resolved.string(text);
    }
    return switch (tag) {
      case BINARY -> Resolved.string(binary(source, scalar));
      case BOOLEAN, INTEGER, FLOAT, NULL, TIMESTAMP -> tagged(source, scalar, tag);
      default -> Resolved.string(text);
    };
  }

  private static Resolved tagged(String source, SyntaxNode.Scalar scalar, String tag) {
    if (tag.equals(TIMESTAMP) && GoTimestamps.isTimestamp(scalar.value())) {
      return Resolved.string(scalar.value());
    }
    Resolved resolved = untagged(scalar.value());
    if (tag.equals(PREFIX + resolved.kind().tag)) {
      return resolved;
    }
    BigInteger integer = resolved.integer();
    if (tag.equals(FLOAT) && integer != null && integer.bitLength() <= 63) {
      return Resolved.real(integer.doubleValue());
    }
    throw new YamlException(
        source,
        scalar.position(),
        "cannot decode this !!"
            + resolved.kind().tag
            + " as a !!"
            + tag.substring(PREFIX.length()));
  }

  private static Resolved untagged(String text) {
    if (text.isEmpty()) {
      return NOTHING;
    }
    return switch (text.charAt(0)) {
      case 'y', 'Y', 'n', 'N', 't', 'T', 'f', 'F', 'o', 'O', '~' -> word(text);
      case '.' -> point(text);
      case '+', '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number(text);
      default -> Resolved.string(text);
    };
  }

  private static Resolved point(String text) {
    Double special = special(text);
    Double real = special != null ? special : GoNumbers.parsePointFloat(text);
    return real != null ? Resolved.real(real) : Resolved.string(text);
  }

  private static Resolved word(String text) {
    return switch (text) {
      case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON" -> TRUE;
      case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF" -> FALSE;
      case "~", "null", "Null", "NULL" -> NOTHING;
      default -> Resolved.string(text);
    };
  }

  private static @Nullable Double special(String text) {
    return switch (text) {
      case ".nan", ".NaN", ".NAN" -> Double.NaN;
      case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF" -> Double.POSITIVE_INFINITY;
      case "-.inf", "-.Inf", "-.INF" -> Double.NEGATIVE_INFINITY;
      default -> null;
    };
  }

  private static Resolved number(String text) {
    Double special = special(text);
    if (special != null) {
      return Resolved.real(special);
    }
    String plain = text.indexOf('_') < 0 ? text : text.replace("_", "");
    BigInteger integer = GoNumbers.parseInteger(plain);
    if (integer == null && plain.startsWith("0b")) {
      integer = GoNumbers.parseBinary(plain.substring(2));
    }
    if (integer != null) {
      return Resolved.integer(integer);
    }
    if (GoNumbers.isDecimalFloat(plain)) {
      Double real = GoNumbers.parseDecimalFloat(plain);
      if (real != null) {
        return Resolved.real(real);
      }
    }
    return Resolved.string(text);
  }

  private static String binary(String source, SyntaxNode.Scalar scalar) {
    String text = scalar.value();
    StringBuilder compact = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '\n' && c != '\r') {
        compact.append(c);
      }
    }
    if (compact.length() % 4 != 0) {
      throw invalidBase64(source, scalar);
    }
    try {
      return text(Base64.getDecoder().decode(compact.toString()));
    } catch (IllegalArgumentException e) {
      throw invalidBase64(source, scalar);
    }
  }

  /** As encoding/json writes it: U+FFFD for each byte that belongs to no character. */
  private static String text(byte[] bytes) {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CharBuffer out = CharBuffer.allocate(bytes.length);
    while (decoder.decode(in, out, true).isMalformed()) {
      out.put('\uFFFD');
      in.get();
    }
    return out.flip().toString();
  }

  private static YamlException invalidBase64(String source, SyntaxNode.Scalar scalar) {
    return new YamlException(
        source, scalar.position(), "!!binary value contains invalid base64 data");
  }
}

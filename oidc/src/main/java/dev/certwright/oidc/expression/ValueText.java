package dev.certwright.oidc.expression;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.types.CelType;
import dev.cel.common.values.CelByteString;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.certwright.rbac.GoText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Values as {@code format} writes them, in English. */
final class ValueText {
  private static final String RAISED =
      "\u2070\u00B9\u00B2\u00B3\u2074\u2075\u2076\u2077\u2078\u2079";

  private ValueText() {}

  /**
   * One value.
   *
   * @throws CelEvaluationException if it is of a type that does not go into that place
   */
  static String of(char verb, int digits, Object value) throws CelEvaluationException {
    switch (verb) {
      case 's' -> {
        return plain(value);
      }
      case 'd' -> {
        if (value instanceof Long || value instanceof UnsignedLong) {
          return value.toString();
        }
      }
      case 'f', 'e' -> {
        Double number = floating(value);
        if (number != null) {
          return verb == 'f' ? fixed(number, digits) : scientific(number, digits);
        }
      }
      case 'b' -> {
        if (value instanceof Boolean flag) {
          return flag ? "1" : "0";
        } else if (value instanceof Long || value instanceof UnsignedLong) {
          return new BigInteger(value.toString()).toString(2);
        }
      }
      case 'o' -> {
        if (value instanceof Long || value instanceof UnsignedLong) {
          return new BigInteger(value.toString()).toString(8);
        }
      }
      default -> {
        String hexadecimal = hexadecimal(value);
        if (hexadecimal != null) {
          return verb == 'X' ? hexadecimal.toUpperCase(Locale.ROOT) : hexadecimal;
        }
      }
    }
    throw new CelEvaluationException("error during formatting: no value for %" + verb);
  }

  private static @Nullable String hexadecimal(Object value) {
    if (value instanceof String text) {
      return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    } else if (value instanceof CelByteString bytes) {
      return HexFormat.of().formatHex(bytes.toByteArray());
    }
    return value instanceof Long || value instanceof UnsignedLong
        ? new BigInteger(value.toString()).toString(16)
        : null;
  }

  private static @Nullable Double floating(Object value) {
    if (value instanceof Double number) {
      return number;
    }
    return value.equals("NaN") || value.equals("Infinity") || value.equals("-Infinity")
        ? Double.valueOf((String) value)
        : null;
  }

  private static String fixed(double number, int digits) {
    if (!Double.isFinite(number)) {
      return unusual(number);
    }
    String plain =
        new BigDecimal(number).abs().setScale(digits, RoundingMode.HALF_EVEN).toPlainString();
    int point = plain.indexOf('.');
    String whole = point < 0 ? plain : plain.substring(0, point);
    StringBuilder grouped = new StringBuilder(isNegative(number) ? "-" : "");
    for (int i = 0; i < whole.length(); i++) {
      grouped.append(i > 0 && (whole.length() - i) % 3 == 0 ? "," : "").append(whole.charAt(i));
    }
    return grouped.append(point < 0 ? "" : plain.substring(point)).toString();
  }

  private static String scientific(double number, int digits) {
    if (!Double.isFinite(number)) {
      return unusual(number);
    }
    BigDecimal exact = new BigDecimal(number).abs();
    int exponent = exact.signum() == 0 ? 0 : exact.precision() - exact.scale() - 1;
    BigDecimal mantissa = exact.movePointLeft(exponent).setScale(digits, RoundingMode.HALF_EVEN);
    if (mantissa.compareTo(BigDecimal.TEN) >= 0) {
      exponent++;
      mantissa = exact.movePointLeft(exponent).setScale(digits, RoundingMode.HALF_EVEN);
    }
    StringBuilder text = new StringBuilder(isNegative(number) ? "-" : "");
    text.append(mantissa.toPlainString()).append("\u202F\u00D7\u202F10");
    text.append(exponent < 0 ? "\u207B" : "");
    String figures = String.format(Locale.ROOT, "%02d", Math.abs(exponent));
    for (int i = 0; i < figures.length(); i++) {
      text.append(RAISED.charAt(figures.charAt(i) - '0'));
    }
    return text.toString();
  }

  private static boolean isNegative(double number) {
    return number < 0 || 1 / number < 0;
  }

  private static String unusual(double number) {
    return Double.isNaN(number) ? "NaN" : number > 0 ? "\u221E" : "-\u221E";
  }

  private static String plain(Object value) throws CelEvaluationException {
    if (value instanceof List<?> list) {
      List<String> items = new ArrayList<>();
      for (Object item : list) {
        items.add(inside(item));
      }
      return "[" + String.join(", ", items) + "]";
    } else if (value instanceof Map<?, ?> map) {
      return pairs(map);
    } else if (value instanceof Double number) {
      return StandardChanges.text(number);
    }
    return simple(value);
  }

  private static String simple(Object value) throws CelEvaluationException {
    if (value instanceof String
        || value instanceof Long
        || value instanceof UnsignedLong
        || value instanceof Boolean) {
      return value.toString();
    } else if (value instanceof NullValue) {
      return "null";
    } else if (value instanceof CelByteString bytes) {
      return bytes.toStringUtf8();
    } else if (value instanceof Instant instant) {
      return instant.toString();
    } else if (value instanceof Duration duration) {
      return new BigDecimal(BigInteger.valueOf(duration.getSeconds()))
              .add(BigDecimal.valueOf(duration.getNano(), 9))
              .stripTrailingZeros()
              .toPlainString()
          + "s";
    } else if (value instanceof CelType type) {
      return type.name();
    }
    throw new CelEvaluationException("error during formatting: no text for such a value");
  }

  private static String pairs(Map<?, ?> map) throws CelEvaluationException {
    if (map instanceof EscapedMap.Variable) {
      throw new CelEvaluationException("error during formatting: the variable is no map");
    }
    List<String[]> pairs = new ArrayList<>();
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      if (entry.getKey() instanceof Double) {
        throw new CelEvaluationException("error during formatting: no text for such a key");
      }
      pairs.add(new String[] {inside(entry.getKey()), inside(entry.getValue())});
    }
    pairs.sort((one, other) -> GoText.ORDER.compare(one[0], other[0]));
    List<String> texts = new ArrayList<>();
    for (String[] pair : pairs) {
      texts.add(pair[0] + ":" + pair[1]);
    }
    return "{" + String.join(", ", texts) + "}";
  }

  /** As it would be written in an expression. */
  private static String inside(Object value) throws CelEvaluationException {
    if (value instanceof String text) {
      return GoText.quote(text);
    } else if (value instanceof CelByteString bytes) {
      return "b" + GoText.quote(bytes.toStringUtf8());
    } else if (value instanceof Double number) {
      return Double.isFinite(number)
          ? new BigDecimal(number).setScale(6, RoundingMode.HALF_EVEN).toPlainString()
          : GoText.quote(StandardChanges.text(number));
    } else if (value instanceof Instant) {
      return "timestamp(" + GoText.quote(simple(value)) + ")";
    } else if (value instanceof Duration) {
      return "duration(" + GoText.quote(simple(value)) + ")";
    }
    return plain(value);
  }
}

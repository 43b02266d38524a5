package dev.certwright.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Numbers as Go's strconv and encoding/json read and print them. */
final class GoNumbers {
  private static final BigInteger MIN_LONG = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX_UNSIGNED =
      BigInteger.ONE.shiftLeft(64).subtract(BigInteger.ONE);

  private GoNumbers() {}

  /**
   * ParseInt, else ParseUint, both with base 0 and 64 bits: signs, {@code 0x}, {@code 0o}, {@code
   * 0b} and the leading zero of octal.
   *
   * @return null if it is neither
   */
  static @Nullable BigInteger parseInteger(String text) {
    int at = 0;
    boolean signed = false;
    boolean negative = false;
    if (!text.isEmpty() && (text.charAt(0) == '+' || text.charAt(0) == '-')) {
      signed = true;
      negative = text.charAt(0) == '-';
      at = 1;
    }
    int radix = 10;
    if (at < text.length() && text.charAt(at) == '0') {
      char marker = text.length() - at >= 3 ? (char) (text.charAt(at + 1) | 0x20) : 0;
      if (marker == 'x') {
        radix = 16;
        at += 2;
      } else if (marker == 'o') {
        radix = 8;
        at += 2;
      } else if (marker == 'b') {
        radix = 2;
        at += 2;
      } else if (at + 1 < text.length()) {
        radix = 8;
        at += 1;
      }
    }
    BigInteger magnitude = parseDigits(text, at, radix);
    return magnitude == null ? null : fit(magnitude, signed, negative);
  }

  /** ParseInt, else ParseUint, with base 2 and 64 bits: a sign and binary digits. */
  static @Nullable BigInteger parseBinary(String text) {
    boolean signed = !text.isEmpty() && (text.charAt(0) == '+' || text.charAt(0) == '-');
    BigInteger magnitude = parseDigits(text, signed ? 1 : 0, 2);
    return magnitude == null ? null : fit(magnitude, signed, signed && text.charAt(0) == '-');
  }

  private static @Nullable BigInteger fit(BigInteger magnitude, boolean signed, boolean negative) {
    BigInteger value = negative ? magnitude.negate() : magnitude;
    if (value.compareTo(MIN_LONG) < 0) {
      return null;
    }
    // Only the unsigned parser reaches beyond a long, and it takes no sign.
    if (value.bitLength() > 63 && (signed || value.compareTo(MAX_UNSIGNED) > 0)) {
      return null;
    }
    return value;
  }

  private static @Nullable BigInteger parseDigits(String text, int from, int radix) {
    if (from >= text.length()) {
      return null;
    }
    for (int i = from; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > 'z' || Character.digit(c, radix) < 0) {
        return null;
      }
    }
    int significant = from;
    while (significant < text.length() - 1 && text.charAt(significant) == '0') {
      significant++;
    }
    // 64 binary digits are the most that fit; longer texts would only cost quadratic time.
    if (text.length() - significant > 64) {
      return null;
    }
    return new BigInteger(text.substring(significant), radix);
  }

  /** {@code [-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?}, all of the text. */
  static boolean isDecimalFloat(String text) {
    int length = text.length();
    int at = 0;
    if (at < length && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
      at++;
    }
    int whole = digits(text, at);
    boolean mantissa = whole > at;
    at = whole;
    if (at < length && text.charAt(at) == '.') {
      int fraction = digits(text, at + 1);
      if (!mantissa && fraction == at + 1) {
        return false;
      }
      mantissa = true;
      at = fraction;
    }
    if (!mantissa) {
      return false;
    }
    if (at < length && (text.charAt(at) | 0x20) == 'e') {
      at++;
      if (at < length && (text.charAt(at) == '+' || text.charAt(at) == '-')) {
        at++;
      }
      int exponent = digits(text, at);
      return exponent > at && exponent == length;
    }
    return at == length;
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  /**
   * ParseFloat of a decimal.
   *
   * @param text something {@link #isDecimalFloat} accepts
   * @return null if it is out of range
   */
  static @Nullable Double parseDecimalFloat(String text) {
    double value = Double.parseDouble(text);
    return Double.isInfinite(value) ? null : (Double) value;
  }

  /**
   * ParseFloat of a text that begins with a point; underscores may stand between digits.
   *
   * @return null if it is not a number or out of range
   */
  static @Nullable Double parsePointFloat(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '_') {
        plain.append(c);
      } else if (!digitAt(text, i - 1) || !digitAt(text, i + 1)) {
        return null;
      }
    }
    String number = plain.toString();
    return isDecimalFloat(number) ? parseDecimalFloat(number) : null;
  }

  private static boolean digitAt(String text, int at) {
    return at >= 0 && at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9';
  }

  /** As encoding/json prints a float64: shortest digits, exponent only below 1e-6 and from 1e21. */
  static String jsonText(double value) {
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal digits = shortest(value, false);
    double magnitude = Math.abs(value);
    if (magnitude >= 1e-6 && magnitude < 1e21) {
      return digits.toPlainString();
    }
    return exponential(digits, 1);
  }

  /** As FormatFloat(value, 'g', -1, 32) prints it; how upstream writes a number that is a key. */
  static String keyText(double value) {
    float single = (float) value;
    if (Float.isNaN(single)) {
      return ".nan";
    }
    if (Float.isInfinite(single)) {
      return single > 0 ? ".inf" : "-.inf";
    }
    if (single == 0) {
      return 1 / single < 0 ? "-0" : "0";
    }
    BigDecimal digits = shortest(single, true);
    int exponent = digits.precision() - digits.scale() - 1;
    return exponent < -4 || exponent >= 6 ? exponential(digits, 2) : digits.toPlainString();
  }

  private static String exponential(BigDecimal digits, int minimumExponentDigits) {
    String unscaled = digits.unscaledValue().abs().toString();
    int exponent = digits.precision() - digits.scale() - 1;
    StringBuilder text = new StringBuilder();
    if (digits.signum() < 0) {
      text.append('-');
    }
    text.append(unscaled.charAt(0));
    if (unscaled.length() > 1) {
      text.append('.').append(unscaled, 1, unscaled.length());
    }
    text.append('e').append(exponent < 0 ? '-' : '+');
    String magnitude = Integer.toString(Math.abs(exponent));
    if (magnitude.length() < minimumExponentDigits) {
      text.append('0');
    }
    return text.append(magnitude).toString();
  }

  /**
   * The shortest decimal that reads back as the same number, and of those the nearest to it.
   * Double.toString gives it only from JDK 19 on.
   */
  private static BigDecimal shortest(double value, boolean single) {
    BigDecimal exact = new BigDecimal(value);
    for (int precision = 1; precision < 17; precision++) {
      BigDecimal near = exact.round(new MathContext(precision, RoundingMode.HALF_EVEN));
      if (readsBack(near, value, single)) {
        return near.stripTrailingZeros();
      }
      // At powers of two the gap above is twice the gap below.
      BigDecimal above = exact.round(new MathContext(precision, RoundingMode.UP));
      if (readsBack(above, value, single)) {
        return above.stripTrailingZeros();
      }
    }
    return exact.round(new MathContext(17, RoundingMode.HALF_EVEN)).stripTrailingZeros();
  }

  private static boolean readsBack(BigDecimal decimal, double value, boolean single) {
    return single ? decimal.floatValue() == (float) value : decimal.doubleValue() == value;
  }
}

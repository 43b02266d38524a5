package dev.certwright.yaml;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A number, exact.
 *
 * <p>{@link #text()} is what upstream's JSON holds ({@code 0x10} became {@code 16}, {@code 1.0}
 * became {@code 1}), {@link #written()} what stood in the text. Integers keep all digits they have
 * in that JSON; beyond 64 signed bits upstream's decoders go on with the nearest double.
 */
public final class YamlNumber implements YamlValue {
  private final String text;
  private final String written;
  private final YamlPosition position;

  YamlNumber(String text, String written, YamlPosition position) {
    this.text = Objects.requireNonNull(text);
    this.written = Objects.requireNonNull(written);
    this.position = position;
  }

  /** An integer that was not read from a text. */
  public static YamlNumber of(long value) {
    String text = Long.toString(value);
    return new YamlNumber(text, text, YamlPosition.NONE);
  }

  /**
   * A number that was not read from a text.
   *
   * @throws IllegalArgumentException if the value is not finite: JSON has no such number
   */
  public static YamlNumber of(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("not a finite number: " + value);
    }
    String text = GoNumbers.jsonText(value);
    return new YamlNumber(text, text, YamlPosition.NONE);
  }

  /** The number as JSON writes it. */
  public String text() {
    return text;
  }

  /** The number as it was written in the text that was read. */
  public String written() {
    return written;
  }

  /** Whether the JSON text has neither fraction nor exponent. */
  public boolean isInteger() {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '.' || c == 'e' || c == 'E') {
        return false;
      }
    }
    return true;
  }

  /**
   * The integer.
   *
   * @throws ArithmeticException if it has a fraction or does not fit into 64 bits
   */
  public long longValueExact() {
    if (!isInteger()) {
      throw new ArithmeticException("not an integer: " + text);
    }
    return new BigInteger(text).longValueExact();
  }

  /** The number, exact. */
  public BigDecimal bigDecimalValue() {
    return new BigDecimal(text);
  }

  @Override
  public YamlPosition position() {
    return position;
  }

  @Override
  public String kind() {
    return "number";
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof YamlNumber that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text + " at " + position;
  }
}

package dev.certwright.oidc.expression;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An amount as Kubernetes writes it, {@code 1.5Gi} or {@code 200m}. Upstream keeps small ones as a
 * number and a power of ten, and all others as decimals; which of the two it is decides whether it
 * counts as an integer, so both forms are here. Immutable.
 */
final class Quantity implements Comparable<Quantity> {
  private static final int MOST_DIGITS = 18;
  private static final int NANO = -9;
  private static final int LONGEST = 1000;
  private static final int GREATEST_EXPONENT = 10_000;
  private static final String SUFFIX_LETTERS = "eEinumkKMGTP";
  private static final BigDecimal GREATEST_BINARY = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final Map<String, Integer> DECIMAL =
      Map.of("", 0, "n", -9, "u", -6, "m", -3, "k", 3, "M", 6, "G", 9, "T", 12, "P", 15, "E", 18);
  private static final Map<String, Integer> BINARY =
      Map.of("Ki", 10, "Mi", 20, "Gi", 30, "Ti", 40, "Pi", 50, "Ei", 60);

  private final BigDecimal value;
  private final boolean small;
  private final int scale;

  private Quantity(BigDecimal value, boolean small, int scale) {
    this.value = value;
    this.small = small;
    this.scale = scale;
  }

  private static Quantity small(BigInteger number, int power) {
    return new Quantity(new BigDecimal(number, -power), true, power);
  }

  private static Quantity decimal(BigDecimal value) {
    return new Quantity(value, false, 0);
  }

  /** A whole number. */
  static Quantity of(long number) {
    return small(BigInteger.valueOf(number), 0);
  }

  /** Reads one; null if it is none. */
  static @Nullable Quantity parse(String text) {
    if (text.isEmpty() || text.length() > LONGEST) {
      return null;
    }
    int end = text.length();
    boolean negative = text.charAt(0) == '-';
    int at = negative || text.charAt(0) == '+' ? 1 : 0;
    while (at < end && text.charAt(at) == '0') {
      at++;
    }
    int whole = at;
    at = digits(text, at);
    String number = text.substring(whole, at);
    String fraction = "";
    if (at < end && text.charAt(at) == '.') {
      int from = at + 1;
      at = digits(text, from);
      fraction = text.substring(from, at);
    }
    int suffixAt = at;
    while (at < end && SUFFIX_LETTERS.indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    if (at < end && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
      at++;
    }
    if (digits(text, at) != end) {
      return null;
    }
    String suffix = text.substring(suffixAt);
    // Upstream's decimals want a digit somewhere in what stands before the suffix.
    boolean bare = text.substring(0, suffixAt).chars().noneMatch(c -> c >= '0' && c <= '9');
    return read(number.isEmpty() ? "0" : number, fraction, suffix, negative, bare);
  }

  private static int digits(String text, int from) {
    int at = from;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      at++;
    }
    return at;
  }

  private static @Nullable Quantity read(
      String number, String fraction, String suffix, boolean negative, boolean bare) {
    Integer binary = BINARY.get(suffix);
    Integer exponent = binary != null ? Integer.valueOf(0) : exponent(suffix);
    if (exponent == null) {
      return null;
    }
    int precision = MOST_DIGITS - number.length() - fraction.length();
    BigInteger factor = BigInteger.ONE;
    if (binary != null) {
      factor = BigInteger.ONE.shiftLeft(binary);
      precision =
          fraction.isEmpty() ? 15 - number.length() - (int) ((float) binary * 3 / 10) - 1 : -1;
    }
    int power = exponent - fraction.length();
    BigInteger shifted = new BigInteger(number + fraction);
    if (precision >= 0 && power >= NANO) {
      BigInteger product = shifted.multiply(factor);
      if (product.bitLength() < Long.SIZE) {
        return small(negative ? product.negate() : product, power);
      }
    }
    if (bare) {
      return null;
    }
    return decimal(bounded(new BigDecimal(shifted.multiply(factor), -power), binary, negative));
  }

  private static BigDecimal bounded(BigDecimal amount, @Nullable Integer binary, boolean negative) {
    BigDecimal bounded = amount.scale() > -NANO ? amount.setScale(-NANO, RoundingMode.UP) : amount;
    if (binary != null && bounded.compareTo(GREATEST_BINARY) > 0) {
      bounded = GREATEST_BINARY;
    }
    return negative ? bounded.negate() : bounded;
  }

  private static @Nullable Integer exponent(String suffix) {
    Integer known = DECIMAL.get(suffix);
    if (known != null || suffix.length() < 2 || "eE".indexOf(suffix.charAt(0)) < 0) {
      return known;
    }
    try {
      int exponent = Integer.parseInt(suffix.substring(1));
      // Numbers of more digits than that would only cost time.
      return Math.abs(exponent) > GREATEST_EXPONENT ? null : exponent;
    } catch (NumberFormatException none) {
      return null;
    }
  }

  /** Its value, where it is held as an integer that fits; else null. */
  @Nullable Long integer() {
    if (!small || scale < 0) {
      return null;
    }
    BigInteger exact = value.toBigInteger();
    return exact.bitLength() < Long.SIZE ? exact.longValue() : null;
  }

  /** Nearly. */
  double approximate() {
    double base = value.unscaledValue().doubleValue();
    return value.scale() == 0 ? base : base * Math.pow(10, -value.scale());
  }

  int signum() {
    return value.signum();
  }

  Quantity plus(Quantity other) {
    BigDecimal sum = value.add(other.value);
    if (!small || !other.small) {
      return decimal(sum);
    }
    if (other.value.signum() == 0) {
      return this;
    } else if (value.signum() == 0) {
      return other;
    }
    int lower = Math.min(scale, other.scale);
    BigInteger number = sum.setScale(-lower).unscaledValue();
    return number.bitLength() < Long.SIZE ? small(number, lower) : decimal(sum);
  }

  Quantity minus(Quantity other) {
    return plus(new Quantity(other.value.negate(), other.small, other.scale));
  }

  @Override
  public int compareTo(Quantity other) {
    return value.compareTo(other.value);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Quantity quantity && compareTo(quantity) == 0;
  }

  @Override
  public int hashCode() {
    return value.stripTrailingZeros().hashCode();
  }

  @Override
  public String toString() {
    return value.toString();
  }
}

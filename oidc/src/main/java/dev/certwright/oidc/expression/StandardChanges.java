package dev.certwright.oidc.expression;

import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.RuntimeEquality;
import dev.cel.runtime.RuntimeHelpers;
import dev.cel.runtime.standard.CelStandardOverload;
import dev.cel.runtime.standard.EqualsOperator;
import dev.cel.runtime.standard.InOperator;
import dev.cel.runtime.standard.NotEqualsOperator;
import dev.cel.runtime.standard.SizeFunction;
import dev.cel.runtime.standard.StringFunction;
import dev.certwright.yaml.YamlNumber;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Standard functions that answer otherwise upstream. */
final class StandardChanges {
  private static final int PLAIN_DIGITS = 6;
  private static final RuntimeEquality EQUALITY =
      RuntimeEquality.create(RuntimeHelpers.create(), Expressions.OPTIONS);
  private static final Set<CelStandardOverload> REPLACED =
      Set.of(
          EqualsOperator.EqualsOverload.EQUALS,
          NotEqualsOperator.NotEqualsOverload.NOT_EQUALS,
          InOperator.InOverload.IN_MAP,
          SizeFunction.SizeOverload.SIZE_MAP,
          SizeFunction.SizeOverload.MAP_SIZE,
          StringFunction.StringOverload.DOUBLE_TO_STRING);

  static final List<CelFunctionBinding> BINDINGS =
      List.of(
          CelFunctionBinding.from("equals", Object.class, Object.class, StandardChanges::isEqual),
          CelFunctionBinding.from(
              "not_equals", Object.class, Object.class, StandardChanges::isUnequal),
          CelFunctionBinding.from("in_map", Object.class, Map.class, StandardChanges::isIn),
          CelFunctionBinding.from("size_map", Map.class, StandardChanges::size),
          CelFunctionBinding.from("map_size", Map.class, StandardChanges::size),
          CelFunctionBinding.from("double_to_string", Double.class, StandardChanges::text));

  private StandardChanges() {}

  static boolean isReplaced(CelStandardOverload overload) {
    return REPLACED.contains(overload);
  }

  private static boolean isEqual(Object one, Object other) throws CelEvaluationException {
    if (one instanceof EscapedMap.Variable && one != other) {
      throw new CelEvaluationException("no such overload");
    }
    return !isUnequal(one, other);
  }

  private static boolean isUnequal(Object one, Object other) {
    return one instanceof EscapedMap.Variable || other instanceof EscapedMap.Variable
        ? one != other
        : !EQUALITY.objectEquals(one, other);
  }

  private static boolean isIn(Object key, Map<?, ?> map) throws CelEvaluationException {
    refuseVariable(map);
    return isKey(key, map);
  }

  /** Whether a map has a key; numbers of different types are equal when their values are. */
  static boolean isKey(Object key, Map<?, ?> map) {
    if (map.containsKey(key)) {
      return true;
    }
    if (key instanceof Number number) {
      BigDecimal wanted = exact(number);
      for (Object candidate : map.keySet()) {
        if (candidate instanceof Number found && exact(found).compareTo(wanted) == 0) {
          return true;
        }
      }
    }
    return false;
  }

  private static BigDecimal exact(Number number) {
    return number instanceof Double floating && !Double.isFinite(floating)
        ? BigDecimal.valueOf(Double.MAX_VALUE).multiply(BigDecimal.TEN)
        : new BigDecimal(number.toString());
  }

  private static long size(Map<?, ?> map) throws CelEvaluationException {
    refuseVariable(map);
    return map.size();
  }

  // The variable is no map upstream, though its type says so.
  private static void refuseVariable(Map<?, ?> map) throws CelEvaluationException {
    if (map instanceof EscapedMap.Variable) {
      throw new CelEvaluationException("no such overload");
    }
  }

  /** As Go's {@code FormatFloat(d, 'g', -1, 64)} writes it. */
  static String text(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    } else if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    } else if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal shortest = new BigDecimal(YamlNumber.of(value).text()).stripTrailingZeros();
    String digits = shortest.unscaledValue().abs().toString();
    int exponent = digits.length() - shortest.scale() - 1;
    String sign = value < 0 ? "-" : "";
    if (exponent >= -4 && exponent < PLAIN_DIGITS) {
      return sign + shortest.abs().toPlainString();
    }
    StringBuilder text = new StringBuilder(sign).append(digits.charAt(0));
    if (digits.length() > 1) {
      text.append('.').append(digits, 1, digits.length());
    }
    text.append('e').append(exponent < 0 ? '-' : '+');
    int size = Math.abs(exponent);
    return (size < 10 ? text.append('0') : text).append(size).toString();
  }
}

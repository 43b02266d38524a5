package dev.certwright.oidc.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import java.util.List;

/** {@code quantity}, {@code isQuantity} and what is asked of a quantity. */
final class QuantityFunctions {
  private static final OpaqueType TYPE = OpaqueType.create("kubernetes.Quantity");
  private static final List<CelType> TWO = List.of(TYPE, TYPE);
  private static final List<CelType> WITH_INT = List.of(TYPE, SimpleType.INT);

  static final Functions ALL = make();

  private QuantityFunctions() {}

  private static Functions make() {
    Declarations all = new Declarations();
    all.global(
        "quantity",
        "string_to_quantity",
        TYPE,
        SimpleType.STRING,
        String.class,
        QuantityFunctions::quantity);
    all.global(
        "isQuantity",
        "is_quantity_string",
        SimpleType.BOOL,
        SimpleType.STRING,
        String.class,
        text -> Quantity.parse(text) != null);
    all.global(
        "sign",
        "quantity_sign",
        SimpleType.INT,
        TYPE,
        Quantity.class,
        quantity -> (long) quantity.signum());
    all.member(
        "asInteger",
        "quantity_get_int",
        SimpleType.INT,
        TYPE,
        Quantity.class,
        QuantityFunctions::integer);
    all.member(
        "isInteger",
        "quantity_is_integer",
        SimpleType.BOOL,
        TYPE,
        Quantity.class,
        quantity -> quantity.integer() != null);
    all.member(
        "asApproximateFloat",
        "quantity_get_float",
        SimpleType.DOUBLE,
        TYPE,
        Quantity.class,
        Quantity::approximate);
    all.member(
        "isGreaterThan",
        "quantity_is_greater_than",
        SimpleType.BOOL,
        TWO,
        Quantity.class,
        Quantity.class,
        (one, other) -> one.compareTo(other) > 0);
    all.member(
        "isLessThan",
        "quantity_is_less_than",
        SimpleType.BOOL,
        TWO,
        Quantity.class,
        Quantity.class,
        (one, other) -> one.compareTo(other) < 0);
    all.member(
        "compareTo",
        "quantity_compare_to",
        SimpleType.INT,
        TWO,
        Quantity.class,
        Quantity.class,
        (one, other) -> (long) one.compareTo(other));
    all.member(
        "add",
        "quantity_add",
        TYPE,
        TWO,
        Quantity.class,
        Quantity.class,
        (one, other) -> one.plus(other));
    all.member(
        "add",
        "quantity_add_int",
        TYPE,
        WITH_INT,
        Quantity.class,
        Long.class,
        (one, other) -> one.plus(Quantity.of(other)));
    all.member(
        "sub",
        "quantity_sub",
        TYPE,
        TWO,
        Quantity.class,
        Quantity.class,
        (one, other) -> one.minus(other));
    all.member(
        "sub",
        "quantity_sub_int",
        TYPE,
        WITH_INT,
        Quantity.class,
        Long.class,
        (one, other) -> one.minus(Quantity.of(other)));
    return all.all();
  }

  private static Quantity quantity(String text) throws CelEvaluationException {
    Quantity quantity = Quantity.parse(text);
    if (quantity == null) {
      throw new CelEvaluationException(
          "no quantity; expected a number with a suffix such as m, k, Mi or e3");
    }
    return quantity;
  }

  private static long integer(Quantity quantity) throws CelEvaluationException {
    Long integer = quantity.integer();
    if (integer == null) {
      throw new CelEvaluationException("cannot convert value to integer");
    }
    return integer;
  }
}

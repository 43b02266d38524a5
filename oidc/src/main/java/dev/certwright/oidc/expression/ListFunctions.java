package dev.certwright.oidc.expression;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.common.types.TypeParamType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import dev.certwright.rbac.GoText;
import java.time.Duration;
import java.time.Instant;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * {@code isSorted}, {@code min}, {@code max}, {@code sum}, {@code indexOf}, {@code includes} ...;
 * and {@code lists.range}, which takes a negative size in the library and has no bound there.
 */
final class ListFunctions {
  private static final Map<String, Item> COMPARABLE = new LinkedHashMap<>();
  private static final List<String> SUMMABLE = List.of("int", "uint", "double", "duration");

  static {
    COMPARABLE.put("int", new Item(SimpleType.INT, Long.class));
    COMPARABLE.put("uint", new Item(SimpleType.UINT, UnsignedLong.class));
    COMPARABLE.put("double", new Item(SimpleType.DOUBLE, Double.class));
    COMPARABLE.put("bool", new Item(SimpleType.BOOL, Boolean.class));
    COMPARABLE.put("duration", new Item(SimpleType.DURATION, Duration.class));
    COMPARABLE.put("timestamp", new Item(SimpleType.TIMESTAMP, Instant.class));
    COMPARABLE.put("string", new Item(SimpleType.STRING, String.class));
  }

  private static final int LONGEST_RANGE = 1_000_000;
  private static final TypeParamType ANY_TYPE = TypeParamType.create("T");

  static final Functions ALL = make();

  private ListFunctions() {}

  private static Functions make() {
    List<CelOverloadDecl> sorted = new ArrayList<>();
    List<CelOverloadDecl> min = new ArrayList<>();
    List<CelOverloadDecl> max = new ArrayList<>();
    List<CelOverloadDecl> sum = new ArrayList<>();
    List<CelFunctionBinding> bindings = new ArrayList<>();
    for (Map.Entry<String, Item> item : COMPARABLE.entrySet()) {
      String name = item.getKey();
      CelType type = item.getValue().type;
      ListType list = ListType.create(type);
      String id = "list_" + name + "_is_sorted_bool";
      sorted.add(CelOverloadDecl.newMemberOverload(id, SimpleType.BOOL, list));
      bindings.add(item.getValue().of(id, ListFunctions::isSorted));
      id = "list_" + name + "_min_" + name;
      min.add(CelOverloadDecl.newMemberOverload(id, type, list));
      bindings.add(item.getValue().of(id, ListFunctions::min));
      id = "list_" + name + "_max_" + name;
      max.add(CelOverloadDecl.newMemberOverload(id, type, list));
      bindings.add(item.getValue().of(id, ListFunctions::max));
      if (SUMMABLE.contains(name)) {
        id = "list_" + name + "_sum_" + name;
        sum.add(CelOverloadDecl.newMemberOverload(id, type, list));
        bindings.add(item.getValue().of(id, items -> sum(items, name)));
      }
    }
    bindings.add(ofAnyType(ListOverloads.SORTED, ListFunctions::isSorted));
    bindings.add(ofAnyType(ListOverloads.MIN, ListFunctions::min));
    bindings.add(ofAnyType(ListOverloads.MAX, ListFunctions::max));
    bindings.add(ofAnyType(ListOverloads.SUM, items -> sum(items, "int")));
    bindings.add(CelFunctionBinding.from("lists_range", Long.class, ListFunctions::range));
    bindings.add(
        CelFunctionBinding.from(
            "list_a_index_of_int",
            List.class,
            Object.class,
            (items, item) -> (long) items.indexOf(item)));
    bindings.add(
        CelFunctionBinding.from(
            "list_a_last_index_of_int",
            List.class,
            Object.class,
            (items, item) -> (long) items.lastIndexOf(item)));
    bindings.add(
        CelFunctionBinding.from(
            "list_includes_dyn_dyn",
            Object.class,
            Object.class,
            (items, item) ->
                items instanceof List<?> list ? list.contains(item) : items.equals(item)));
    return new Functions(
        List.of(
            CelFunctionDecl.newFunctionDeclaration("isSorted", sorted),
            CelFunctionDecl.newFunctionDeclaration("min", min),
            CelFunctionDecl.newFunctionDeclaration("max", max),
            CelFunctionDecl.newFunctionDeclaration("sum", sum),
            CelFunctionDecl.newFunctionDeclaration(
                "lists.range",
                CelOverloadDecl.newGlobalOverload(
                    "lists_range", ListType.create(SimpleType.INT), SimpleType.INT)),
            CelFunctionDecl.newFunctionDeclaration("indexOf", search("list_a_index_of_int")),
            CelFunctionDecl.newFunctionDeclaration(
                "lastIndexOf", search("list_a_last_index_of_int")),
            CelFunctionDecl.newFunctionDeclaration(
                "includes",
                CelOverloadDecl.newMemberOverload(
                    "list_includes_dyn_dyn", SimpleType.BOOL, SimpleType.DYN, SimpleType.DYN))),
        bindings);
  }

  private static CelFunctionBinding ofAnyType(
      String id, CelFunctionOverload.Unary<List<?>> function) {
    return CelFunctionBinding.from(id, List.class, function::apply);
  }

  /** A type of items, and what its values are here. */
  private record Item(CelType type, Class<?> values) {
    CelFunctionBinding of(String id, CelFunctionOverload.Unary<List<?>> function) {
      return ofOneType(id, values, function);
    }
  }

  /**
   * What a list is taken for may be wrong, as in {@code claims.roles.reverse().max()}, which is for
   * the first of the types; upstream asks its first item.
   */
  private static CelFunctionBinding ofOneType(
      String id, Class<?> values, CelFunctionOverload.Unary<List<?>> function) {
    return ofAnyType(
        id,
        items -> {
          if (!items.isEmpty() && !values.isInstance(items.get(0))) {
            throw new CelEvaluationException("no such overload");
          }
          return function.apply(items);
        });
  }

  private static CelOverloadDecl search(String id) {
    return CelOverloadDecl.newMemberOverload(
        id, SimpleType.INT, ListType.create(ANY_TYPE), ANY_TYPE);
  }

  // A list of a million costs nothing before it is gone through, and that is bounded.
  private static List<Long> range(long size) throws CelEvaluationException {
    if (size < 0) {
      throw new CelEvaluationException("lists.range: size must be non-negative, got " + size);
    } else if (size > LONGEST_RANGE) {
      throw new CelEvaluationException(
          "lists.range: size " + size + " exceeds maximum allowed (" + LONGEST_RANGE + ")");
    }
    return new AbstractList<>() {
      @Override
      public Long get(int index) {
        return (long) Objects.checkIndex(index, size());
      }

      @Override
      public int size() {
        return (int) size;
      }
    };
  }

  private static boolean isSorted(List<?> items) throws CelEvaluationException {
    for (int i = 0; i < items.size(); i++) {
      // The first with itself, in case it can be compared with nothing.
      if (compare(items.get(Math.max(i - 1, 0)), items.get(i)) > 0) {
        return false;
      }
    }
    return true;
  }

  private static Object min(List<?> items) throws CelEvaluationException {
    return extreme(items, "min", -1);
  }

  private static Object max(List<?> items) throws CelEvaluationException {
    return extreme(items, "max", 1);
  }

  private static Object extreme(List<?> items, String name, int sign)
      throws CelEvaluationException {
    if (items.isEmpty()) {
      throw new CelEvaluationException(name + " called on empty list");
    }
    Object found = items.get(0);
    for (Object item : items) {
      if (compare(item, found) * sign > 0) {
        found = item;
      }
    }
    return found;
  }

  @SuppressWarnings("unchecked")
  private static int compare(Object one, Object other) throws CelEvaluationException {
    if (one instanceof String a && other instanceof String b) {
      return Integer.signum(GoText.ORDER.compare(a, b));
    } else if (one instanceof Comparable<?> a && one.getClass() == other.getClass()) {
      return Integer.signum(((Comparable<Object>) a).compareTo(other));
    }
    throw new CelEvaluationException("no such overload");
  }

  private static Object sum(List<?> items, String type) throws CelEvaluationException {
    try {
      Object sum = items.isEmpty() ? zero(type) : zeroLike(items.get(0));
      for (Object item : items) {
        sum = plus(sum, item);
      }
      return sum;
    } catch (ArithmeticException overflow) {
      throw new CelEvaluationException("integer overflow");
    }
  }

  private static Object zero(String type) {
    return switch (type) {
      case "int" -> 0L;
      case "uint" -> UnsignedLong.ZERO;
      case "double" -> 0.0;
      default -> Duration.ZERO;
    };
  }

  private static Object zeroLike(Object item) throws CelEvaluationException {
    if (item instanceof Long) {
      return zero("int");
    } else if (item instanceof UnsignedLong) {
      return zero("uint");
    } else if (item instanceof Double) {
      return zero("double");
    } else if (item instanceof Duration) {
      return zero("duration");
    }
    throw new CelEvaluationException("no such overload");
  }

  private static Object plus(Object one, Object other) throws CelEvaluationException {
    if (one instanceof Long a && other instanceof Long b) {
      return Math.addExact(a, b);
    } else if (one instanceof UnsignedLong a && other instanceof UnsignedLong b) {
      UnsignedLong sum = a.plus(b);
      if (sum.compareTo(a) < 0) {
        throw new ArithmeticException();
      }
      return sum;
    } else if (one instanceof Double a && other instanceof Double b) {
      return a + b;
    } else if (one instanceof Duration a && other instanceof Duration b) {
      return a.plus(b);
    }
    throw new CelEvaluationException("no such overload");
  }
}

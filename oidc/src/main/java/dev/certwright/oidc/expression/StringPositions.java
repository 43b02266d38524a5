package dev.certwright.oidc.expression;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import java.util.List;

/**
 * {@code indexOf} and {@code lastIndexOf} of strings, counted in code points. The library has them
 * too, but fails where upstream finds nothing: looking into an empty string, or beyond the end.
 */
final class StringPositions {
  static final Functions ALL =
      new Functions(
          List.of(
              declared("indexOf", "string_index_of_string"),
              declared("lastIndexOf", "string_last_index_of_string")),
          List.of(
              CelFunctionBinding.from(
                  "string_index_of_string",
                  String.class,
                  String.class,
                  (text, part) -> first(text, part, 0)),
              CelFunctionBinding.from(
                  "string_index_of_string_int",
                  List.of(String.class, String.class, Long.class),
                  arguments ->
                      first((String) arguments[0], (String) arguments[1], (Long) arguments[2])),
              CelFunctionBinding.from(
                  "string_last_index_of_string", String.class, String.class, StringPositions::last),
              CelFunctionBinding.from(
                  "string_last_index_of_string_int",
                  List.of(String.class, String.class, Long.class),
                  arguments ->
                      last((String) arguments[0], (String) arguments[1], (Long) arguments[2]))));

  private StringPositions() {}

  private static CelFunctionDecl declared(String name, String overload) {
    return CelFunctionDecl.newFunctionDeclaration(
        name,
        CelOverloadDecl.newMemberOverload(
            overload, SimpleType.INT, SimpleType.STRING, SimpleType.STRING),
        CelOverloadDecl.newMemberOverload(
            overload + "_int",
            SimpleType.INT,
            SimpleType.STRING,
            SimpleType.STRING,
            SimpleType.INT));
  }

  private static long first(String text, String part, long from) throws CelEvaluationException {
    long length = length(text);
    refuseNegative(from);
    if (part.isEmpty()) {
      return Math.min(from, length);
    } else if (from >= length) {
      return -1;
    }
    return points(text, text.indexOf(part, text.offsetByCodePoints(0, (int) from)));
  }

  private static long last(String text, String part) {
    return part.isEmpty() ? length(text) : points(text, text.lastIndexOf(part));
  }

  private static long last(String text, String part, long from) throws CelEvaluationException {
    long length = length(text);
    refuseNegative(from);
    if (part.isEmpty()) {
      return Math.min(from, length);
    } else if (from >= length) {
      return -1;
    }
    return points(text, text.lastIndexOf(part, text.offsetByCodePoints(0, (int) from)));
  }

  private static void refuseNegative(long index) throws CelEvaluationException {
    if (index < 0) {
      throw new CelEvaluationException("index out of range: " + index);
    }
  }

  private static int length(String text) {
    return text.codePointCount(0, text.length());
  }

  private static long points(String text, int index) {
    return index < 0 ? -1 : text.codePointCount(0, index);
  }
}

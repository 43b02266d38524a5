package dev.certwright.oidc.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Looks whether the values that an expression lists for {@code format} go into the text that it
 * gives, where both are written there, whether the patterns of {@code matches} are some, and
 * whether numbers are finite.
 */
final class FormatCheck {
  private static final Map<Character, Set<CelKind>> FIT =
      Map.of(
          'd', Set.of(CelKind.INT, CelKind.UINT),
          'f', Set.of(CelKind.DOUBLE, CelKind.STRING),
          'e', Set.of(CelKind.DOUBLE, CelKind.STRING),
          'b', Set.of(CelKind.INT, CelKind.UINT, CelKind.BOOL),
          'x', Set.of(CelKind.INT, CelKind.UINT, CelKind.STRING, CelKind.BYTES),
          'X', Set.of(CelKind.INT, CelKind.UINT, CelKind.STRING, CelKind.BYTES),
          'o', Set.of(CelKind.INT, CelKind.UINT));
  private static final Set<CelKind> TEXTS =
      Set.of(
          CelKind.LIST,
          CelKind.MAP,
          CelKind.INT,
          CelKind.UINT,
          CelKind.DOUBLE,
          CelKind.BOOL,
          CelKind.STRING,
          CelKind.TIMESTAMP,
          CelKind.BYTES,
          CelKind.DURATION,
          CelKind.TYPE,
          CelKind.NULL_TYPE);

  private final CelAbstractSyntaxTree tree;

  private FormatCheck(CelAbstractSyntaxTree tree) {
    this.tree = tree;
  }

  /** What is wrong; empty if nothing is. */
  static String problem(CelAbstractSyntaxTree tree) {
    return new FormatCheck(tree).in(tree.getExpr());
  }

  private String in(CelExpr expression) {
    if (expression.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && expression.constant().getKind() == CelConstant.Kind.DOUBLE_VALUE
        && Double.isInfinite(expression.constant().doubleValue())) {
      return "a number is too large";
    }
    for (CelExpr part : ExpressionParts.of(expression)) {
      String problem = in(part);
      if (!problem.isEmpty()) {
        return problem;
      }
    }
    return expression.getKind() == CelExpr.ExprKind.Kind.CALL ? ofCall(expression.call()) : "";
  }

  private String ofCall(CelExpr.CelCall call) {
    if (call.function().equals("matches") && !call.args().isEmpty()) {
      CelExpr pattern = call.args().get(call.args().size() - 1);
      return isText(pattern) ? ConstantCalls.ofPattern(pattern.constant().stringValue()) : "";
    }
    CelExpr text = call.target().orElse(null);
    if (!call.function().equals(StringFunctions.FORMAT)
        || text == null
        || !isText(text)
        || call.args().size() != 1
        || call.args().get(0).getKind() != CelExpr.ExprKind.Kind.LIST) {
      return "";
    }
    List<CelExpr> values = call.args().get(0).list().elements();
    FormatText format = FormatText.parse(text.constant().stringValue(), values.size());
    if (format == null) {
      return "the text of format cannot be parsed, or has more places than there are values";
    }
    int at = 0;
    for (FormatText.Part part : format.parts()) {
      if (part.isPlace() && !fits(part.verb(), values.get(at++))) {
        return "a value of format does not go into %" + part.verb();
      }
    }
    return at == values.size() ? "" : "format has more values than places";
  }

  private static boolean isText(CelExpr expression) {
    return expression.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE;
  }

  private boolean fits(char verb, CelExpr value) {
    CelType type = tree.getTypeOrThrow(value.id());
    if (type.kind() == CelKind.DYN) {
      return true;
    }
    if (verb != 's') {
      return FIT.getOrDefault(verb, Set.of()).contains(type.kind());
    }
    return TEXTS.contains(type.kind())
        && (value.getKind() != CelExpr.ExprKind.Kind.LIST
            || value.list().elements().stream().allMatch(item -> fits(verb, item)))
        && (value.getKind() != CelExpr.ExprKind.Kind.MAP
            || ExpressionParts.entries(value).stream().allMatch(item -> fits(verb, item)));
  }
}

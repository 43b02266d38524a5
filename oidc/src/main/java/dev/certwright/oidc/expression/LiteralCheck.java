package dev.certwright.oidc.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import java.util.ArrayList;
import java.util.List;

/**
 * Looks whether lists and maps that are written in an expression hold values of one type. Upstream
 * does not take a type that is not known for the same as another, and lets only what {@code format}
 * is given be mixed.
 */
final class LiteralCheck {
  private LiteralCheck() {}

  /** Whether one does not. */
  static boolean isMixed(CelAbstractSyntaxTree tree, CelExpr expression) {
    if (expression.getKind() == CelExpr.ExprKind.Kind.CALL
        && expression.call().function().equals(StringFunctions.FORMAT)) {
      return false;
    }
    for (CelExpr part : ExpressionParts.of(expression)) {
      if (isMixed(tree, part)) {
        return true;
      }
    }
    return switch (expression.getKind()) {
      case LIST -> isMixed(types(tree, expression.list()));
      case MAP -> {
        List<CelType> keys = new ArrayList<>();
        List<CelType> values = new ArrayList<>();
        for (CelExpr.CelMap.Entry entry : expression.map().entries()) {
          keys.add(type(tree, entry.key(), false));
          values.add(type(tree, entry.value(), entry.optionalEntry()));
        }
        yield isMixed(keys) || isMixed(values);
      }
      default -> false;
    };
  }

  private static List<CelType> types(CelAbstractSyntaxTree tree, CelExpr.CelList list) {
    List<CelType> types = new ArrayList<>();
    for (int i = 0; i < list.elements().size(); i++) {
      types.add(type(tree, list.elements().get(i), list.optionalIndices().contains(i)));
    }
    return types;
  }

  private static CelType type(CelAbstractSyntaxTree tree, CelExpr of, boolean optional) {
    CelType type = tree.getTypeOrThrow(of.id());
    return optional && type instanceof OptionalType && !type.parameters().isEmpty()
        ? type.parameters().get(0)
        : type;
  }

  private static boolean isMixed(List<CelType> types) {
    return types.stream().distinct().count() > 1;
  }
}

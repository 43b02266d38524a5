package dev.certwright.oidc.expression;

import dev.cel.common.ast.CelExpr;
import java.util.ArrayList;
import java.util.List;

/** What an expression is made of. */
final class ExpressionParts {
  private ExpressionParts() {}

  static List<CelExpr> of(CelExpr expression) {
    List<CelExpr> parts = new ArrayList<>();
    switch (expression.getKind()) {
      case SELECT -> parts.add(expression.select().operand());
      case CALL -> {
        expression.call().target().ifPresent(parts::add);
        parts.addAll(expression.call().args());
      }
      case LIST -> parts.addAll(expression.list().elements());
      case STRUCT -> expression.struct().entries().forEach(entry -> parts.add(entry.value()));
      case MAP -> parts.addAll(entries(expression));
      case COMPREHENSION -> {
        CelExpr.CelComprehension loop = expression.comprehension();
        parts.addAll(
            List.of(
                loop.iterRange(),
                loop.accuInit(),
                loop.loopCondition(),
                loop.loopStep(),
                loop.result()));
      }
      default -> {
        return parts;
      }
    }
    return parts;
  }

  static List<CelExpr> entries(CelExpr map) {
    List<CelExpr> entries = new ArrayList<>();
    map.map()
        .entries()
        .forEach(
            entry -> {
              entries.add(entry.key());
              entries.add(entry.value());
            });
    return entries;
  }
}

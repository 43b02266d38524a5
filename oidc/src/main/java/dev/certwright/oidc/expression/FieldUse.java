package dev.certwright.oidc.expression;

import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.Optional;

/** Whether an expression names a field of a variable (rule J-04). */
final class FieldUse {
  private static final String OPTIONAL_SELECT = "_?._";

  private final String variable;
  private final String field;

  FieldUse(String variable, String field) {
    this.variable = variable;
    this.field = field;
  }

  boolean isIn(CelExpr expression) {
    return switch (expression.getKind()) {
      case SELECT ->
          isVariable(expression.select().operand()) && expression.select().field().equals(field)
              || isIn(expression.select().operand());
      case CALL -> isInCall(expression.call());
      case LIST -> expression.list().elements().stream().anyMatch(this::isIn);
      case STRUCT -> expression.struct().entries().stream().anyMatch(entry -> isIn(entry.value()));
      case MAP ->
          expression.map().entries().stream()
              .anyMatch(entry -> isIn(entry.key()) || isIn(entry.value()));
      case COMPREHENSION -> isInComprehension(expression.comprehension());
      default -> false;
    };
  }

  private boolean isInCall(CelExpr.CelCall call) {
    if (call.target().isEmpty()
        && call.function().equals(OPTIONAL_SELECT)
        && call.args().size() == 2
        && isVariable(call.args().get(0))
        && isField(call.args().get(1))) {
      return true;
    }
    Optional<CelExpr> target = call.target();
    return call.args().stream().anyMatch(this::isIn) || target.isPresent() && isIn(target.get());
  }

  private boolean isInComprehension(CelExpr.CelComprehension loop) {
    return isIn(loop.iterRange())
        || isIn(loop.accuInit())
        || isIn(loop.loopCondition())
        || isIn(loop.loopStep())
        || isIn(loop.result());
  }

  private boolean isVariable(CelExpr expression) {
    return expression.getKind() == CelExpr.ExprKind.Kind.IDENT
        && expression.ident().name().equals(variable);
  }

  private boolean isField(CelExpr expression) {
    return expression.getKind() == CelExpr.ExprKind.Kind.CONSTANT
        && expression.constant().getKind() == CelConstant.Kind.STRING_VALUE
        && expression.constant().stringValue().equals(field);
  }
}

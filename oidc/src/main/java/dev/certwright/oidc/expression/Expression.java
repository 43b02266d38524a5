package dev.certwright.oidc.expression;

import dev.cel.common.ast.CelExpr;
import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A compiled expression. Safe for use by several threads. */
public final class Expression {
  private static final String NEITHER = "expression must return a string or a list of strings";

  private final String text;
  private final String variable;
  private final CelExpr root;
  private final CelRuntime.Program program;

  Expression(String text, String variable, CelExpr root, CelRuntime.Program program) {
    this.text = text;
    this.variable = variable;
    this.root = root;
    this.program = program;
  }

  /** As it was written. */
  public String text() {
    return text;
  }

  /** Whether a field of the variable is named in it, {@code claims.field} or {@code has} of it. */
  public boolean uses(String field) {
    return new FieldUse(variable, field).isIn(root);
  }

  /**
   * Its value.
   *
   * @param value the variable's, from {@link Values}
   * @throws EvaluationException in the words of the log
   */
  public Object evaluate(Map<String, Object> value) throws EvaluationException {
    try {
      return program.eval(Map.of(variable, value));
    } catch (CelEvaluationException | RuntimeException failed) {
      throw new EvaluationException(
          "expression '" + text + "' resulted in error: " + failed.getMessage());
    }
  }

  /**
   * A value that has to be a string or strings; null and empty strings are none.
   *
   * @throws EvaluationException if it is something else
   */
  public static List<String> strings(Object value) throws EvaluationException {
    if (value instanceof String string) {
      return string.isEmpty() ? List.of() : List.of(string);
    } else if (value instanceof NullValue) {
      return List.of();
    } else if (!(value instanceof List<?> list) || value instanceof StringList) {
      throw new EvaluationException(NEITHER);
    } else {
      List<String> strings = new ArrayList<>();
      for (Object item : list) {
        if (!(item instanceof String string)) {
          throw new EvaluationException(NEITHER);
        } else if (!string.isEmpty()) {
          strings.add(string);
        }
      }
      return strings;
    }
  }
}

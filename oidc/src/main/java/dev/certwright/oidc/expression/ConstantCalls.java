package dev.certwright.oidc.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelValidationException;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.compiler.CelCompiler;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.certwright.rbac.GoText;
import java.util.List;
import java.util.Set;

/**
 * Evaluates what upstream evaluates before anybody comes: conversions of constants, and regular
 * expressions. What fails there would fail each time.
 */
final class ConstantCalls {
  private static final Set<String> CONVERSIONS =
      Set.of("int", "uint", "double", "bool", "string", "bytes", "duration", "timestamp");
  private static final Set<String> SEARCHES = Set.of("find", "findAll");

  private final CelCompiler compiler;
  private final CelRuntime runtime;

  ConstantCalls(CelCompiler compiler, CelRuntime runtime) {
    this.compiler = compiler;
    this.runtime = runtime;
  }

  /** Why one has no value; empty if all have. */
  String problem(CelExpr expression) {
    for (CelExpr part : ExpressionParts.of(expression)) {
      String problem = problem(part);
      if (!problem.isEmpty()) {
        return problem;
      }
    }
    return expression.getKind() == CelExpr.ExprKind.Kind.CALL ? ofCall(expression.call()) : "";
  }

  private String ofCall(CelExpr.CelCall call) {
    List<CelExpr> arguments = call.args();
    if (arguments.isEmpty() || arguments.get(0).getKind() != CelExpr.ExprKind.Kind.CONSTANT) {
      return "";
    }
    CelConstant constant = arguments.get(0).constant();
    if (call.target().isPresent()) {
      return SEARCHES.contains(call.function())
              && constant.getKind() == CelConstant.Kind.STRING_VALUE
          ? ofPattern(constant.stringValue())
          : "";
    }
    return CONVERSIONS.contains(call.function()) && arguments.size() == 1
        ? ofConversion(call.function(), constant)
        : "";
  }

  /** Why a pattern is none; empty if it is one. */
  static String ofPattern(String pattern) {
    try {
      Pattern unused = Pattern.compile(pattern);
      return "";
    } catch (PatternSyntaxException illegal) {
      return String.valueOf(illegal.getMessage());
    }
  }

  private String ofConversion(String function, CelConstant constant) {
    String text =
        switch (constant.getKind()) {
          case STRING_VALUE -> GoText.quote(constant.stringValue());
          case INT64_VALUE -> String.valueOf(constant.int64Value());
          case UINT64_VALUE -> constant.uint64Value() + "u";
          case DOUBLE_VALUE -> String.valueOf(constant.doubleValue());
          default -> "";
        };
    if (text.isEmpty()) {
      return "";
    }
    try {
      Object unused =
          runtime.createProgram(compiler.compile(function + "(" + text + ")").getAst()).eval();
      return "";
    } catch (CelValidationException unwritten) {
      // A text that cannot be written so; it is looked at when it is evaluated.
      return "";
    } catch (CelEvaluationException | RuntimeException failed) {
      return String.valueOf(failed.getMessage());
    }
  }
}

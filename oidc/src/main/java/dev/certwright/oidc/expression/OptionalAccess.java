package dev.certwright.oidc.expression;

import com.google.common.primitives.UnsignedLong;
import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelMutableExpr;
import dev.cel.common.ast.CelMutableExpr.CelMutableCall;
import dev.cel.common.ast.CelMutableExprConverter;
import dev.cel.common.ast.CelReference;
import dev.cel.common.navigation.CelNavigableMutableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.OptionalType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Fields and indexes of optional values, {@code claims.?a.b}, {@code claims.?a[0]} and {@code
 * claims.?a[?0]}. Upstream makes an empty optional of all that is not there, also where the value
 * is neither map nor list; the library fails there, and cannot choose between list and map when the
 * type is not known.
 */
final class OptionalAccess {
  private static final String FUNCTION = "@access_optional";
  private static final String OVERLOAD = "access_optional_dyn_dyn";
  private static final Set<String> INDEXES = Set.of("_[_]", "_[?_]", "_?._");

  static final CelFunctionBinding BINDING =
      CelFunctionBinding.from(OVERLOAD, Optional.class, Object.class, OptionalAccess::part);

  private OptionalAccess() {}

  /** The same expression, with such accesses as calls of {@link #BINDING}. */
  static CelAbstractSyntaxTree rewritten(CelAbstractSyntaxTree tree) {
    CelMutableExpr root = CelMutableExprConverter.fromCelExpr(tree.getExpr());
    CelNavigableMutableExpr navigable = CelNavigableMutableExpr.fromExpr(root);
    List<CelMutableExpr> accesses =
        navigable
            .allNodes()
            .map(CelNavigableMutableExpr::expr)
            .filter(node -> isAccess(tree, node))
            .toList();
    if (accesses.isEmpty()) {
      return tree;
    }
    Map<Long, CelReference> references = new HashMap<>(tree.getReferenceMap());
    CelReference own = CelReference.newBuilder().setName("").addOverloadIds(OVERLOAD).build();
    long unused = navigable.maxId();
    for (CelMutableExpr node : accesses) {
      if (node.getKind() == CelExpr.ExprKind.Kind.SELECT) {
        CelConstant field = CelConstant.ofValue(node.select().field());
        node.setCall(
            CelMutableCall.create(
                FUNCTION, node.select().operand(), CelMutableExpr.ofConstant(++unused, field)));
      } else {
        node.call().setFunction(FUNCTION);
      }
      references.put(node.id(), own);
    }
    return CelAbstractSyntaxTree.newCheckedAst(
        CelMutableExprConverter.fromMutableExpr(root),
        tree.getSource(),
        references,
        tree.getTypeMap());
  }

  private static boolean isAccess(CelAbstractSyntaxTree tree, CelMutableExpr node) {
    return switch (node.getKind()) {
      case SELECT -> !node.select().testOnly() && isOptional(tree, node.select().operand());
      case CALL ->
          INDEXES.contains(node.call().function()) && isOptional(tree, node.call().args().get(0));
      default -> false;
    };
  }

  private static boolean isOptional(CelAbstractSyntaxTree tree, CelMutableExpr operand) {
    CelType type = tree.getType(operand.id()).orElse(null);
    return type instanceof OptionalType;
  }

  private static Optional<?> part(Optional<?> of, Object at) throws CelEvaluationException {
    Object whole = of.orElse(null);
    if (whole instanceof Map<?, ?> map) {
      return Optional.ofNullable(map.get(at));
    } else if (whole instanceof List<?> list) {
      long index = index(at);
      return index >= 0 && index < list.size()
          ? Optional.of(list.get((int) index))
          : Optional.empty();
    }
    return Optional.empty();
  }

  private static long index(Object at) throws CelEvaluationException {
    if (at instanceof Long index) {
      return index;
    } else if (at instanceof UnsignedLong index && index.longValue() >= 0) {
      return index.longValue();
    } else if (at instanceof Double index && index == Math.rint(index)) {
      return index.longValue();
    }
    throw new CelEvaluationException("unsupported index in list: " + at);
  }
}

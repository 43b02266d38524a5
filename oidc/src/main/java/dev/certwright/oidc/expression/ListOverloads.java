package dev.certwright.oidc.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.ast.CelReference;
import dev.cel.common.navigation.CelNavigableExpr;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code min}, {@code max}, {@code sum} and {@code isSorted} of lists whose type is not known, such
 * as {@code claims.?levels.orValue([]).max()}. There is one function for each type, the library
 * finds all of them and takes none; here such a call means one that looks at the values themselves.
 */
final class ListOverloads {
  static final String MIN = "list_of_any_type_min";
  static final String MAX = "list_of_any_type_max";
  static final String SUM = "list_of_any_type_sum";
  static final String SORTED = "list_of_any_type_is_sorted";

  private static final Pattern OF_ONE_TYPE =
      Pattern.compile("list_[a-z]+_(min|max|sum|is_sorted)_[a-z]+");

  private ListOverloads() {}

  /** The same expression, where such a call means one function. */
  static CelAbstractSyntaxTree rewritten(CelAbstractSyntaxTree tree) {
    Map<Long, CelReference> references = new HashMap<>();
    CelNavigableExpr.fromExpr(tree.getExpr())
        .allNodes()
        .map(CelNavigableExpr::expr)
        .filter(node -> node.getKind() == CelExpr.ExprKind.Kind.CALL)
        .forEach(
            node -> {
              CelReference reference = tree.getReferenceMap().get(node.id());
              List<String> overloads = reference == null ? List.of() : reference.overloadIds();
              Matcher first = OF_ONE_TYPE.matcher(overloads.isEmpty() ? "" : overloads.get(0));
              if (first.matches()
                  && (overloads.size() > 1 || isSortedUnknown(tree, node.call().target()))) {
                references.put(
                    node.id(),
                    CelReference.newBuilder()
                        .setName("")
                        .addOverloadIds("list_of_any_type_" + first.group(1))
                        .build());
              }
            });
    if (references.isEmpty()) {
      return tree;
    }
    tree.getReferenceMap().forEach(references::putIfAbsent);
    return CelAbstractSyntaxTree.newCheckedAst(
        tree.getExpr(), tree.getSource(), references, tree.getTypeMap());
  }

  /**
   * Upstream has a {@code sort} for each type, and does not know the type of what the one of an
   * unknown value makes; the library has one for all, and takes it for a list of anything.
   */
  private static boolean isSortedUnknown(CelAbstractSyntaxTree tree, Optional<CelExpr> list) {
    CelExpr target = list.orElse(null);
    if (target == null
        || target.getKind() != CelExpr.ExprKind.Kind.CALL
        || !target.call().function().equals("sort")) {
      return false;
    }
    CelExpr sorted = target.call().target().orElse(null);
    if (sorted == null) {
      return false;
    }
    CelType type = tree.getType(sorted.id()).orElse(SimpleType.DYN);
    return type.equals(SimpleType.DYN)
        || type.equals(SimpleType.ANY)
        || isSortedUnknown(tree, target.call().target());
  }
}

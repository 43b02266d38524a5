package dev.certwright.oidc.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * {@code min}, {@code max}, {@code sum} and {@code isSorted} of lists whose type is not known, such
 * as {@code claims.?levels.orValue([]).max()}. There is one function for each type, the library
 * finds all of them and takes none; they look at the values themselves, so that any will do.
 */
final class ListOverloads {
  private static final Pattern OF_ONE_TYPE =
      Pattern.compile("list_[a-z]+_(min|max|sum)_[a-z]+|list_[a-z]+_is_sorted_bool");

  private ListOverloads() {}

  /** The same expression, where such a call means one function. */
  static CelAbstractSyntaxTree rewritten(CelAbstractSyntaxTree tree) {
    Map<Long, CelReference> references = new HashMap<>();
    tree.getReferenceMap()
        .forEach(
            (id, reference) -> {
              List<String> overloads = reference.overloadIds();
              if (overloads.size() > 1
                  && overloads.stream().allMatch(each -> OF_ONE_TYPE.matcher(each).matches())) {
                references.put(
                    id,
                    CelReference.newBuilder().setName("").addOverloadIds(overloads.get(0)).build());
              }
            });
    if (references.isEmpty()) {
      return tree;
    }
    tree.getReferenceMap().forEach(references::putIfAbsent);
    return CelAbstractSyntaxTree.newCheckedAst(
        tree.getExpr(), tree.getSource(), references, tree.getTypeMap());
  }
}

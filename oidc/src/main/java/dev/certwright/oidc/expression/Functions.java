package dev.certwright.oidc.expression;

import dev.cel.common.CelFunctionDecl;
import dev.cel.runtime.CelFunctionBinding;
import java.util.List;

/**
 * Some functions that Kubernetes adds.
 *
 * @param declarations for the compiler
 * @param bindings what they do
 */
record Functions(List<CelFunctionDecl> declarations, List<CelFunctionBinding> bindings) {
  Functions {
    declarations = List.copyOf(declarations);
    bindings = List.copyOf(bindings);
  }
}

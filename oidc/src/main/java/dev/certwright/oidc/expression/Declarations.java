package dev.certwright.oidc.expression;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Gathers functions of several overloads each. */
final class Declarations {
  private final Map<String, List<CelOverloadDecl>> functions = new LinkedHashMap<>();
  private final List<CelFunctionBinding> bindings = new ArrayList<>();

  private Declarations add(String name, CelOverloadDecl overload, CelFunctionBinding binding) {
    functions.computeIfAbsent(name, none -> new ArrayList<>()).add(overload);
    bindings.add(binding);
    return this;
  }

  <A> Declarations global(
      String name,
      String id,
      CelType result,
      CelType type,
      Class<A> of,
      CelFunctionOverload.Unary<A> body) {
    return add(
        name,
        CelOverloadDecl.newGlobalOverload(id, result, type),
        CelFunctionBinding.from(id, of, body));
  }

  /** A function of nothing, whose value is immutable. */
  @SuppressWarnings("Immutable") // Only the caller can know that it is.
  Declarations constant(String name, CelType result, Object value) {
    return add(
        name,
        CelOverloadDecl.newGlobalOverload(name, result, List.of()),
        CelFunctionBinding.from(name, List.of(), none -> value));
  }

  <A, B> Declarations global(
      String name,
      String id,
      CelType result,
      List<CelType> types,
      Class<A> of,
      Class<B> and,
      CelFunctionOverload.Binary<A, B> body) {
    return add(
        name,
        CelOverloadDecl.newGlobalOverload(id, result, types),
        CelFunctionBinding.from(id, of, and, body));
  }

  <A> Declarations member(
      String name,
      String id,
      CelType result,
      CelType type,
      Class<A> of,
      CelFunctionOverload.Unary<A> body) {
    return add(
        name,
        CelOverloadDecl.newMemberOverload(id, result, type),
        CelFunctionBinding.from(id, of, body));
  }

  <A, B> Declarations member(
      String name,
      String id,
      CelType result,
      List<CelType> types,
      Class<A> of,
      Class<B> and,
      CelFunctionOverload.Binary<A, B> body) {
    return add(
        name,
        CelOverloadDecl.newMemberOverload(id, result, types),
        CelFunctionBinding.from(id, of, and, body));
  }

  Functions all() {
    List<CelFunctionDecl> declarations = new ArrayList<>();
    functions.forEach(
        (name, overloads) ->
            declarations.add(CelFunctionDecl.newFunctionDeclaration(name, overloads)));
    return new Functions(declarations, bindings);
  }
}

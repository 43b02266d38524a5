package dev.certwright.oidc.expression;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import dev.cel.runtime.CelFunctionOverload;
import java.util.ArrayList;
import java.util.List;

/** {@code url}, {@code isURL} and what is asked of a URL. */
final class UrlFunctions {
  private static final OpaqueType URL = OpaqueType.create("kubernetes.URL");

  static final Functions ALL = make();

  private UrlFunctions() {}

  private static Functions make() {
    List<CelFunctionDecl> declarations = new ArrayList<>();
    List<CelFunctionBinding> bindings = new ArrayList<>();
    declarations.add(
        CelFunctionDecl.newFunctionDeclaration(
            "url", CelOverloadDecl.newGlobalOverload("string_to_url", URL, SimpleType.STRING)));
    bindings.add(CelFunctionBinding.from("string_to_url", String.class, UrlFunctions::url));
    declarations.add(
        CelFunctionDecl.newFunctionDeclaration(
            "isURL",
            CelOverloadDecl.newGlobalOverload(
                "is_url_string", SimpleType.BOOL, SimpleType.STRING)));
    bindings.add(CelFunctionBinding.from("is_url_string", String.class, UrlFunctions::isUrl));
    part(declarations, bindings, "getScheme", "url_get_scheme", SimpleType.STRING, GoUrl::scheme);
    part(declarations, bindings, "getHost", "url_get_host", SimpleType.STRING, GoUrl::host);
    part(
        declarations,
        bindings,
        "getHostname",
        "url_get_hostname",
        SimpleType.STRING,
        GoUrl::hostname);
    part(declarations, bindings, "getPort", "url_get_port", SimpleType.STRING, GoUrl::port);
    part(
        declarations,
        bindings,
        "getEscapedPath",
        "url_get_escaped_path",
        SimpleType.STRING,
        GoUrl::escapedPath);
    part(
        declarations,
        bindings,
        "getQuery",
        "url_get_query",
        MapType.create(SimpleType.STRING, Expressions.stringList()),
        GoUrl::parameters);
    return new Functions(declarations, bindings);
  }

  private static void part(
      List<CelFunctionDecl> declarations,
      List<CelFunctionBinding> bindings,
      String name,
      String id,
      CelType type,
      CelFunctionOverload.Unary<GoUrl> of) {
    declarations.add(
        CelFunctionDecl.newFunctionDeclaration(
            name, CelOverloadDecl.newMemberOverload(id, type, URL)));
    bindings.add(CelFunctionBinding.from(id, GoUrl.class, of));
  }

  private static GoUrl url(String text) throws CelEvaluationException {
    try {
      GoUrl.parseRequest(text);
      return GoUrl.parse(text);
    } catch (GoUrl.UrlException invalid) {
      throw new CelEvaluationException(
          "URL parse error during conversion from string: " + invalid.getMessage());
    }
  }

  private static boolean isUrl(String text) {
    try {
      GoUrl.parseRequest(text);
      return true;
    } catch (GoUrl.UrlException invalid) {
      return false;
    }
  }
}

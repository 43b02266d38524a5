package dev.certwright.oidc.expression;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.List;

/** {@code find} and {@code findAll}, with regular expressions that end in linear time. */
final class RegexFunctions {
  static final Functions ALL =
      new Functions(
          List.of(
              CelFunctionDecl.newFunctionDeclaration(
                  "find",
                  CelOverloadDecl.newMemberOverload(
                      "string_find_string",
                      SimpleType.STRING,
                      SimpleType.STRING,
                      SimpleType.STRING)),
              CelFunctionDecl.newFunctionDeclaration(
                  "findAll",
                  CelOverloadDecl.newMemberOverload(
                      "string_find_all_string",
                      ListType.create(SimpleType.STRING),
                      SimpleType.STRING,
                      SimpleType.STRING),
                  CelOverloadDecl.newMemberOverload(
                      "string_find_all_string_int",
                      ListType.create(SimpleType.STRING),
                      SimpleType.STRING,
                      SimpleType.STRING,
                      SimpleType.INT))),
          List.of(
              CelFunctionBinding.from(
                  "string_find_string",
                  String.class,
                  String.class,
                  (text, regex) -> {
                    List<String> found = find(text, regex, 1);
                    return found.isEmpty() ? "" : found.get(0);
                  }),
              CelFunctionBinding.from(
                  "string_find_all_string",
                  String.class,
                  String.class,
                  (text, regex) -> new StringList(find(text, regex, -1))),
              CelFunctionBinding.from(
                  "string_find_all_string_int",
                  List.of(String.class, String.class, Long.class),
                  arguments ->
                      new StringList(
                          find(
                              (String) arguments[0],
                              (String) arguments[1],
                              (Long) arguments[2])))));

  private RegexFunctions() {}

  private static List<String> find(String text, String regex, long most)
      throws CelEvaluationException {
    Matcher matcher;
    try {
      matcher = Pattern.compile(regex).matcher(text);
    } catch (PatternSyntaxException illegal) {
      throw new CelEvaluationException("Illegal regex: " + illegal.getMessage());
    }
    List<String> found = new ArrayList<>();
    while ((most < 0 || found.size() < most) && matcher.find()) {
      found.add(matcher.group());
    }
    return found;
  }
}

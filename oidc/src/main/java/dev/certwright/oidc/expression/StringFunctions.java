package dev.certwright.oidc.expression;

import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.ListType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelFunctionBinding;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code split}, which the library has too, but whose result is nothing of its own there, {@code
 * join}, which takes there what is no string, and {@code format}, which it has not.
 */
final class StringFunctions {
  static final String FORMAT = "format";

  static final Functions ALL =
      new Functions(
          List.of(
              CelFunctionDecl.newFunctionDeclaration(
                  "split",
                  CelOverloadDecl.newMemberOverload(
                      "string_split_string",
                      Expressions.stringList(),
                      SimpleType.STRING,
                      SimpleType.STRING),
                  CelOverloadDecl.newMemberOverload(
                      "string_split_string_int",
                      Expressions.stringList(),
                      SimpleType.STRING,
                      SimpleType.STRING,
                      SimpleType.INT)),
              CelFunctionDecl.newFunctionDeclaration(
                  "join",
                  CelOverloadDecl.newMemberOverload(
                      "list_join", SimpleType.STRING, Expressions.stringList()),
                  CelOverloadDecl.newMemberOverload(
                      "list_join_string",
                      SimpleType.STRING,
                      Expressions.stringList(),
                      SimpleType.STRING)),
              CelFunctionDecl.newFunctionDeclaration(
                  FORMAT,
                  CelOverloadDecl.newMemberOverload(
                      "string_format",
                      SimpleType.STRING,
                      SimpleType.STRING,
                      ListType.create(SimpleType.DYN)))),
          List.of(
              CelFunctionBinding.from(
                  "string_format", String.class, List.class, StringFunctions::format),
              CelFunctionBinding.from("list_join", List.class, items -> join(items, "")),
              CelFunctionBinding.from(
                  "list_join_string", List.class, String.class, StringFunctions::join),
              CelFunctionBinding.from(
                  "string_split_string",
                  String.class,
                  String.class,
                  (text, separator) -> new StringList(split(text, separator, -1))),
              CelFunctionBinding.from(
                  "string_split_string_int",
                  List.of(String.class, String.class, Long.class),
                  arguments ->
                      new StringList(
                          split(
                              (String) arguments[0],
                              (String) arguments[1],
                              (Long) arguments[2])))));

  private StringFunctions() {}

  private static String format(String text, List<?> values) throws CelEvaluationException {
    FormatText format = FormatText.parse(text, values.size());
    if (format == null) {
      throw new CelEvaluationException("could not parse formatting clause");
    }
    StringBuilder result = new StringBuilder();
    int at = 0;
    for (FormatText.Part part : format.parts()) {
      result.append(
          part.isPlace()
              ? ValueText.of(part.verb(), part.digits(), values.get(at++))
              : part.text());
    }
    return result.toString();
  }

  private static String join(List<?> items, String separator) throws CelEvaluationException {
    List<String> texts = new ArrayList<>();
    for (Object item : items) {
      if (!(item instanceof String text)) {
        throw new CelEvaluationException("join: invalid input: no string");
      }
      texts.add(text);
    }
    return String.join(separator, texts);
  }

  private static List<String> split(String text, String separator, long most) {
    List<String> parts = new ArrayList<>();
    if (most == 0) {
      return parts;
    }
    int from = 0;
    while (most < 0 || parts.size() < most - 1) {
      int end;
      if (separator.isEmpty()) {
        if (from >= text.length()) {
          return parts;
        }
        end = text.offsetByCodePoints(from, 1);
        if (end == text.length()) {
          break;
        }
      } else {
        end = text.indexOf(separator, from);
        if (end < 0) {
          break;
        }
      }
      parts.add(text.substring(from, end));
      from = end + separator.length();
    }
    if (!separator.isEmpty() || from < text.length()) {
      parts.add(text.substring(from));
    }
    return parts;
  }
}

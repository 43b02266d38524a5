package dev.certwright.oidc.expression;

import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.OptionalType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.Optional;

/** {@code format.named}, {@code format.dns1123Label} and so on, and {@code validate}. */
final class FormatFunctions {
  private static final OpaqueType TYPE = OpaqueType.create("kubernetes.NamedFormat");

  static final Functions ALL = make();

  private FormatFunctions() {}

  private static Functions make() {
    Declarations all = new Declarations();
    all.global(
        "format.named",
        "format-named",
        OptionalType.create(TYPE),
        SimpleType.STRING,
        String.class,
        name -> Optional.ofNullable(NamedFormat.ALL.get(name)));
    NamedFormat.ALL.forEach((name, format) -> all.constant("format." + name, TYPE, format));
    all.member(
        "validate",
        "format-validate",
        OptionalType.create(Expressions.stringList()),
        List.of(TYPE, SimpleType.STRING),
        NamedFormat.class,
        String.class,
        FormatFunctions::validate);
    return all.all();
  }

  private static Optional<Object> validate(NamedFormat format, String text) {
    List<String> problems = format.problems().apply(text);
    return problems.isEmpty() ? Optional.empty() : Optional.of(new StringList(problems));
  }
}

package dev.certwright.oidc.expression;

import dev.cel.common.types.CelType;
import dev.cel.common.types.OpaqueType;
import dev.cel.common.types.SimpleType;
import dev.cel.runtime.CelEvaluationException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code semver}, {@code isSemver} and what is asked of a version. */
final class SemverFunctions {
  private static final OpaqueType TYPE = OpaqueType.create("kubernetes.Semver");
  private static final List<CelType> TWO = List.of(TYPE, TYPE);
  private static final List<CelType> LOOSELY = List.of(SimpleType.STRING, SimpleType.BOOL);

  static final Functions ALL = make();

  private SemverFunctions() {}

  private static Functions make() {
    Declarations all = new Declarations();
    all.global(
        "semver",
        "string_to_semver",
        TYPE,
        SimpleType.STRING,
        String.class,
        text -> required(SemanticVersion.parse(text)));
    all.global(
        "semver",
        "string_bool_to_semver",
        TYPE,
        LOOSELY,
        String.class,
        Boolean.class,
        (text, loosely) -> required(parse(text, loosely)));
    all.global(
        "isSemver",
        "is_semver_string",
        SimpleType.BOOL,
        SimpleType.STRING,
        String.class,
        text -> SemanticVersion.parse(text) != null);
    all.global(
        "isSemver",
        "is_semver_string_bool",
        SimpleType.BOOL,
        LOOSELY,
        String.class,
        Boolean.class,
        (text, loosely) -> parse(text, loosely) != null);
    all.member(
        "isGreaterThan",
        "semver_is_greater_than",
        SimpleType.BOOL,
        TWO,
        SemanticVersion.class,
        SemanticVersion.class,
        (one, other) -> one.compareTo(other) > 0);
    all.member(
        "isLessThan",
        "semver_is_less_than",
        SimpleType.BOOL,
        TWO,
        SemanticVersion.class,
        SemanticVersion.class,
        (one, other) -> one.compareTo(other) < 0);
    all.member(
        "compareTo",
        "semver_compare_to",
        SimpleType.INT,
        TWO,
        SemanticVersion.class,
        SemanticVersion.class,
        (one, other) -> (long) one.compareTo(other));
    all.member(
        "major",
        "semver_major",
        SimpleType.INT,
        TYPE,
        SemanticVersion.class,
        SemanticVersion::major);
    all.member(
        "minor",
        "semver_minor",
        SimpleType.INT,
        TYPE,
        SemanticVersion.class,
        SemanticVersion::minor);
    all.member(
        "patch",
        "semver_patch",
        SimpleType.INT,
        TYPE,
        SemanticVersion.class,
        SemanticVersion::patch);
    return all.all();
  }

  private static @Nullable SemanticVersion parse(String text, boolean loosely) {
    return loosely ? SemanticVersion.parseLoosely(text) : SemanticVersion.parse(text);
  }

  private static SemanticVersion required(@Nullable SemanticVersion version)
      throws CelEvaluationException {
    if (version == null) {
      throw new CelEvaluationException("no version; expected three numbers, such as 1.2.3");
    }
    return version;
  }
}

package dev.certwright.oidc.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.extensions.CelListsExtensions;
import dev.cel.extensions.CelSetsExtensions;
import dev.cel.extensions.CelStringExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeBuilder;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import dev.cel.validator.CelValidator;
import dev.cel.validator.CelValidatorFactory;
import dev.cel.validator.validators.DurationLiteralValidator;
import dev.cel.validator.validators.TimestampLiteralValidator;
import java.util.List;

/**
 * Compiles expressions. Costly to make (some tenths of a second in a fresh process), so there is
 * one; safe for use by several threads.
 */
public final class Expressions {
  /** How often the loops of one evaluation go round at most, all together. */
  static final int MOST_ITERATIONS = 100_000;

  private static final String CLAIMS = "claims";
  private static final String USER = "user";

  // As cel-go has them in the environments of Kubernetes 1.37.
  static final CelOptions OPTIONS =
      CelOptions.current()
          .enableHeterogeneousNumericComparisons(true)
          .comprehensionMaxIterations(MOST_ITERATIONS)
          .build();

  private static final CelStringExtensions STRINGS =
      CelExtensions.strings(
          CelStringExtensions.Function.CHAR_AT,
          CelStringExtensions.Function.LOWER_ASCII,
          CelStringExtensions.Function.QUOTE,
          CelStringExtensions.Function.REPLACE,
          CelStringExtensions.Function.SUBSTRING,
          CelStringExtensions.Function.TRIM,
          CelStringExtensions.Function.UPPER_ASCII);
  private static final CelSetsExtensions SETS = CelExtensions.sets(OPTIONS);
  private static final CelListsExtensions LISTS =
      CelExtensions.lists(
          CelListsExtensions.Function.DISTINCT,
          CelListsExtensions.Function.FLATTEN,
          CelListsExtensions.Function.REVERSE,
          CelListsExtensions.Function.SLICE,
          CelListsExtensions.Function.SORT,
          CelListsExtensions.Function.SORT_BY);

  private static final List<Functions> OF_KUBERNETES =
      List.of(
          RegexFunctions.ALL,
          ListFunctions.ALL,
          StringFunctions.ALL,
          StringPositions.ALL,
          UrlFunctions.ALL,
          AddressFunctions.ALL,
          QuantityFunctions.ALL,
          SemverFunctions.ALL,
          FormatFunctions.ALL);

  private final CelCompiler overClaims;
  private final CelCompiler overUser;
  private final CelRuntime runtime;
  private final CelValidator validator;
  private final ConstantCalls constants;

  private Expressions() {
    this.overClaims =
        compiler().addVar(CLAIMS, MapType.create(SimpleType.STRING, SimpleType.ANY)).build();
    this.overUser =
        compiler().setTypeProvider(UserType.PROVIDER).addVar(USER, UserType.REFERENCE).build();
    this.runtime = runtime();
    this.constants = new ConstantCalls(overClaims, runtime);
    this.validator =
        CelValidatorFactory.standardCelValidatorBuilder(overClaims, runtime)
            .addAstValidators(DurationLiteralValidator.INSTANCE, TimestampLiteralValidator.INSTANCE)
            .build();
  }

  private static final class Holder {
    static final Expressions INSTANCE = new Expressions();
  }

  /** The compiler. */
  public static Expressions instance() {
    return Holder.INSTANCE;
  }

  private static CelCompilerBuilder compiler() {
    CelCompilerBuilder builder =
        CelCompilerFactory.standardCelCompilerBuilder()
            .setOptions(OPTIONS)
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addLibraries(
                CelExtensions.optional(), STRINGS, SETS, LISTS, CelExtensions.comprehensions());
    for (Functions functions : OF_KUBERNETES) {
      builder.addFunctionDeclarations(functions.declarations());
    }
    return builder;
  }

  private static CelRuntime runtime() {
    CelRuntimeBuilder builder =
        CelRuntimeFactory.legacyCelRuntimeBuilder()
            .setOptions(OPTIONS)
            .setStandardEnvironmentEnabled(false)
            .setStandardFunctions(
                CelStandardFunctions.newBuilder()
                    .filterFunctions((function, overload) -> !StandardChanges.isReplaced(overload))
                    .build())
            .addFunctionBindings(StandardChanges.BINDINGS)
            .addFunctionBindings(MapInsertion.BINDINGS)
            .addFunctionBindings(OptionalAccess.BINDING)
            .addLibraries(CelExtensions.optional(), STRINGS, SETS, LISTS);
    for (Functions functions : OF_KUBERNETES) {
      builder.addFunctionBindings(functions.bindings());
    }
    return builder.build();
  }

  /**
   * An expression over {@code claims}.
   *
   * @throws CompilationException if it is none
   */
  public Expression overClaims(String text) throws CompilationException {
    return compile(overClaims, CLAIMS, text, false);
  }

  /**
   * A condition over {@code claims}.
   *
   * @throws CompilationException if it is no expression, or not known to be true or false
   */
  public Expression conditionOverClaims(String text) throws CompilationException {
    return compile(overClaims, CLAIMS, text, true);
  }

  /**
   * A condition over {@code user}.
   *
   * @throws CompilationException if it is no expression, or not known to be true or false
   */
  public Expression conditionOverUser(String text) throws CompilationException {
    return compile(overUser, USER, text, true);
  }

  private Expression compile(CelCompiler compiler, String variable, String text, boolean condition)
      throws CompilationException {
    CelAbstractSyntaxTree tree;
    try {
      CelValidationResult result = compiler.compile(text);
      if (result.hasError()) {
        throw new CompilationException("compilation failed: " + shortened(result));
      }
      tree = result.getAst();
      CelValidationResult literals = validator.validate(tree);
      if (literals.hasError()) {
        throw new CompilationException("compilation failed: " + literals.getErrorString());
      }
    } catch (CelValidationException | RuntimeException unexpected) {
      throw new CompilationException("compilation failed: " + unexpected.getMessage());
    }
    String problem =
        LiteralCheck.isMixed(tree, tree.getExpr())
            ? "a list or map holds values of several types"
            : FormatCheck.problem(tree);
    if (!problem.isEmpty()) {
      throw new CompilationException("compilation failed: ERROR: " + problem);
    }
    if (condition && !tree.getResultType().equals(SimpleType.BOOL)) {
      throw new CompilationException("must evaluate to bool");
    }
    String constant = constants.problem(tree.getExpr());
    if (!constant.isEmpty()) {
      throw new CompilationException("program instantiation failed: " + constant);
    }
    try {
      return new Expression(
          text,
          variable,
          tree.getExpr(),
          runtime.createProgram(ListOverloads.rewritten(OptionalAccess.rewritten(tree))));
    } catch (CelEvaluationException | RuntimeException impossible) {
      throw new CompilationException("program instantiation failed: " + impossible.getMessage());
    }
  }

  // Candidates are listed by the library, and not upstream.
  private static String shortened(CelValidationResult result) {
    String text = result.getErrorString();
    int candidates = text.indexOf(" (candidates: ");
    while (candidates >= 0) {
      int end = text.indexOf('\n', candidates);
      text = text.substring(0, candidates) + (end < 0 ? "" : text.substring(end));
      candidates = text.indexOf(" (candidates: ");
    }
    return text;
  }

  static ListType stringList() {
    return ListType.create(SimpleType.STRING);
  }
}

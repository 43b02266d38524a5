package dev.certwright.server.review;

import dev.certwright.rbac.GoText;
import dev.certwright.rbac.request.QueryParameters;
import dev.certwright.server.pipeline.StatusObject.Cause;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a query says of how an object is to be created. Nothing that is created here is kept, so
 * that {@code dryRun} changes nothing.
 *
 * @param fieldValidation what becomes of fields that the object does not have
 * @param problems what is wrong with the options
 */
record CreateOptions(FieldValidation fieldValidation, List<Cause> problems) {
  private static final int LONGEST_MANAGER = 128;

  /** What becomes of unknown and repeated fields. */
  enum FieldValidation {
    IGNORE,
    WARN,
    STRICT
  }

  static CreateOptions of(QueryParameters query) {
    List<Cause> problems = new ArrayList<>();
    String manager = query.text("fieldManager");
    if (manager != null) {
      managerProblems(manager, problems);
    }
    List<String> dryRun = query.texts("dryRun");
    if (!dryRun.stream().allMatch("All"::equals)) {
      problems.add(unsupported("dryRun", GoText.json(dryRun), "\"All\""));
    }
    List<String> given = query.texts("fieldValidation");
    String validation = given.isEmpty() ? "" : given.get(0);
    FieldValidation parsed =
        switch (validation) {
          case "", "Warn" -> FieldValidation.WARN;
          case "Strict" -> FieldValidation.STRICT;
          case "Ignore" -> FieldValidation.IGNORE;
          default -> {
            problems.add(
                unsupported(
                    "fieldValidation",
                    GoText.quote(validation),
                    "\"\", \"Ignore\", \"Strict\", \"Warn\""));
            yield FieldValidation.STRICT;
          }
        };
    return new CreateOptions(parsed, problems);
  }

  private static Cause unsupported(String field, String value, String supported) {
    return new Cause(
        "FieldValueNotSupported",
        "Unsupported value: " + value + ": supported values: " + supported,
        field);
  }

  private static void managerProblems(String manager, List<Cause> problems) {
    if (manager.getBytes(StandardCharsets.UTF_8).length > LONGEST_MANAGER) {
      problems.add(
          new Cause(
              "FieldValueTooLong",
              "Too long: may not be more than " + LONGEST_MANAGER + " bytes",
              "fieldManager"));
    }
    int position = 0;
    for (int character : manager.codePoints().toArray()) {
      String text = Character.toString(character);
      if (!GoText.isPrintable(character)) {
        problems.add(
            new Cause(
                "FieldValueInvalid",
                "Invalid value: "
                    + GoText.quote(manager)
                    + ": invalid character "
                    + String.format("U+%04X", character)
                    + " (at position "
                    + position
                    + ")",
                "fieldManager"));
      }
      position += text.getBytes(StandardCharsets.UTF_8).length;
    }
  }
}

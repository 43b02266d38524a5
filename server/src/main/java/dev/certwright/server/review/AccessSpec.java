package dev.certwright.server.review;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.Attributes;
import dev.certwright.rbac.GoText;
import dev.certwright.rbac.request.FieldSelector;
import dev.certwright.rbac.request.LabelSelectorSyntax;
import dev.certwright.server.pipeline.StatusObject.Cause;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.List;

/**
 * The {@code spec} of a SubjectAccessReview and its kin: what is asked, and what is wrong with it
 * (rules SR-10 to SR-14).
 *
 * @param spec typed
 */
record AccessSpec(YamlMapping spec) {
  private static final String RESOURCE = "resourceAttributes";
  private static final String NON_RESOURCE = "nonResourceAttributes";

  boolean isAboutResource() {
    return spec.get(RESOURCE) != null;
  }

  private YamlMapping attributes() {
    return ReviewObject.mapping(spec, isAboutResource() ? RESOURCE : NON_RESOURCE);
  }

  String namespace() {
    return isAboutResource() ? ReviewObject.text(attributes(), "namespace") : "";
  }

  /** Whom it is about, exactly as given (rule SR-14). */
  Identity subject() {
    String groups = spec.get("groups") == null ? "group" : "groups";
    return new Identity(
        ReviewObject.text(spec, "user"),
        ReviewObject.text(spec, "uid"),
        ReviewObject.texts(spec, groups),
        ReviewObject.lists(spec, "extra"));
  }

  /** What the authorizers are asked. */
  Attributes askedBy(Identity user) {
    YamlMapping asked = attributes();
    if (!isAboutResource()) {
      return Attributes.ofPath(
          user, ReviewObject.text(asked, "verb"), ReviewObject.text(asked, "path"));
    }
    String version = ReviewObject.text(asked, "version");
    return new Attributes(
        user,
        true,
        ReviewObject.text(asked, "verb"),
        ReviewObject.text(asked, "namespace"),
        ReviewObject.text(asked, "group"),
        version.isEmpty() ? "*" : version,
        ReviewObject.text(asked, "resource"),
        ReviewObject.text(asked, "subresource"),
        ReviewObject.text(asked, "name"),
        "");
  }

  /**
   * What is wrong.
   *
   * @param named whether it must say whom it is about
   */
  List<Cause> problems(boolean named) {
    List<Cause> causes = new ArrayList<>();
    boolean path = spec.get(NON_RESOURCE) != null;
    if (isAboutResource() == path) {
      causes.add(
          invalid(
              "spec",
              path ? pathText() : "null",
              "exactly one of nonResourceAttributes or resourceAttributes must be specified"));
    }
    if (named && subject().name().isEmpty() && subject().groups().isEmpty()) {
      causes.add(invalid("spec.user", "\"\"", "at least one of user or group must be specified"));
    }
    if (isAboutResource()) {
      selectorProblems("fieldSelector", causes);
      selectorProblems("labelSelector", causes);
    }
    return causes;
  }

  /** The attributes of a path as upstream prints them. */
  String pathText() {
    YamlMapping path = ReviewObject.mapping(spec, NON_RESOURCE);
    return "{\"Path\":"
        + GoText.json(ReviewObject.text(path, "path"))
        + ",\"Verb\":"
        + GoText.json(ReviewObject.text(path, "verb"))
        + "}";
  }

  static Cause invalid(String field, String value, String message) {
    return new Cause("FieldValueInvalid", "Invalid value: " + value + ": " + message, field);
  }

  private void selectorProblems(String name, List<Cause> causes) {
    if (!(attributes().get(name) instanceof YamlMapping selector)) {
      return;
    }
    String path = "spec." + RESOURCE + "." + name;
    String raw = ReviewObject.text(selector, "rawSelector");
    List<YamlValue> requirements =
        selector.get("requirements") instanceof YamlSequence list ? list.values() : List.of();
    if (!raw.isEmpty() && !requirements.isEmpty()) {
      causes.add(
          invalid(
              path + ".rawSelector",
              GoText.quote(raw),
              "may not specified at the same time as requirements"));
    } else if (raw.isEmpty() && requirements.isEmpty()) {
      causes.add(
          new Cause(
              "FieldValueRequired",
              "Required value: when "
                  + path
                  + " is specified, requirements or rawSelector is"
                  + " required",
              path + ".requirements"));
    }
    for (int i = 0; i < requirements.size(); i++) {
      YamlMapping requirement = (YamlMapping) requirements.get(i);
      String place = path + ".requirements[" + i + "]";
      boolean field = name.equals("fieldSelector");
      if (field && ReviewObject.text(requirement, "key").isEmpty()) {
        causes.add(
            new Cause("FieldValueRequired", "Required value: must be specified", place + ".key"));
      }
      operatorProblems(requirement, place, causes);
      if (!field) {
        labelProblems(requirement, place, causes);
      }
    }
  }

  private static void labelProblems(YamlMapping requirement, String path, List<Cause> causes) {
    String key = ReviewObject.text(requirement, "key");
    for (String problem : LabelSelectorSyntax.keyProblems(key)) {
      causes.add(invalid(path + ".key", GoText.quote(key), problem));
    }
    List<String> values = ReviewObject.texts(requirement, "values");
    for (int i = 0; i < values.size(); i++) {
      for (String problem : LabelSelectorSyntax.valueProblems(values.get(i))) {
        causes.add(invalid(path + ".values[" + i + "]", GoText.quote(values.get(i)), problem));
      }
    }
  }

  private static void operatorProblems(YamlMapping requirement, String path, List<Cause> causes) {
    boolean values = !ReviewObject.texts(requirement, "values").isEmpty();
    switch (ReviewObject.text(requirement, "operator")) {
      case "In", "NotIn" -> {
        if (!values) {
          causes.add(
              new Cause(
                  "FieldValueRequired",
                  "Required value: must be specified when `operator` is 'In' or 'NotIn'",
                  path + ".values"));
        }
      }
      case "Exists", "DoesNotExist" -> {
        if (values) {
          causes.add(
              new Cause(
                  "FieldValueForbidden",
                  "Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'",
                  path + ".values"));
        }
      }
      default -> {
        // Operators to come are let pass, and restrict nothing.
      }
    }
  }

  /** What of it could not be understood, which makes it ask for more (rule SR-13). */
  String evaluationError() {
    List<String> errors = new ArrayList<>();
    selectorError("fieldSelector", errors);
    selectorError("labelSelector", errors);
    return String.join("; ", errors);
  }

  private void selectorError(String name, List<String> errors) {
    YamlMapping selector = ReviewObject.mapping(attributes(), name);
    boolean field = name.equals("fieldSelector");
    String raw = ReviewObject.text(selector, "rawSelector");
    boolean unread =
        !raw.isEmpty()
            && (field ? FieldSelector.ofText(raw) == null : !LabelSelectorSyntax.isSelector(raw));
    int ignored = unread ? 1 : 0;
    int read = 0;
    if (selector.get("requirements") instanceof YamlSequence list) {
      for (YamlValue requirement : list.values()) {
        boolean known = isKnown((YamlMapping) requirement, field);
        ignored += known ? 0 : 1;
        read += known ? 1 : 0;
      }
    }
    if (ignored > 0) {
      errors.add(
          "spec.resourceAttributes."
              + name
              + (read > 0 ? " partially" : "")
              + " ignored due to parse error");
    }
  }

  // A field has one value here, or none that can be asked for.
  private static boolean isKnown(YamlMapping requirement, boolean field) {
    return switch (ReviewObject.text(requirement, "operator")) {
      case "In", "NotIn" -> !field || ReviewObject.texts(requirement, "values").size() == 1;
      case "Exists", "DoesNotExist" -> !field;
      default -> false;
    };
  }
}

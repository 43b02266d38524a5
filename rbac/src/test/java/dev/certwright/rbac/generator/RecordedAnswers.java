package dev.certwright.rbac.generator;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.Attributes;
import dev.certwright.rbac.ClusterRole;
import dev.certwright.rbac.GoText;
import dev.certwright.rbac.Policy;
import dev.certwright.rbac.RbacObject;
import dev.certwright.rbac.manifest.ManifestLoader;
import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares Certwright with answers of upstream that were written down before. */
public final class RecordedAnswers {
  private Policy policy = Policy.EMPTY;
  private ReferenceAuthorizer reference = new ReferenceAuthorizer(List.of());

  /**
   * What is wrong with the answer to one line, null if nothing is. Lines of one stream belong to
   * one object, in order: a policy line holds for those behind it.
   */
  public @Nullable String problem(String mode, String question, String answer) {
    YamlMapping asked = Oracle.parse(question);
    return switch (mode) {
      case "requestinfo" ->
          RequestInfoComparison.problem(text(asked, "method"), text(asked, "url"), answer);
      case "validate" ->
          ValidateComparison.problem(
              ObjectJson.line(Objects.requireNonNull(asked.get("object"))), answer);
      case "aggregate" -> {
        List<ClusterRole> roles = new ArrayList<>();
        for (RbacObject object : objects(asked)) {
          roles.add((ClusterRole) object);
        }
        yield AggregateComparison.problem(roles, answer);
      }
      default -> policyProblem(mode, asked, answer);
    };
  }

  private @Nullable String policyProblem(String mode, YamlMapping asked, String answer) {
    if (asked.get("policy") != null) {
      List<RbacObject> objects = objects(asked);
      policy = Policy.of(objects);
      reference = new ReferenceAuthorizer(objects);
      return null;
    }
    List<String> groups = new ArrayList<>();
    if (asked.get("groups") instanceof YamlSequence sequence) {
      sequence.values().forEach(group -> groups.add(DecideComparison.string(group)));
    }
    Identity user = Identity.of(text(asked, "user"), groups);
    if (mode.equals("rules")) {
      return RulesComparison.problem(policy, user, text(asked, "namespace"), answer);
    }
    Attributes attributes =
        new Attributes(
            user,
            asked.get("isResourceRequest") instanceof YamlBoolean flag && flag.value(),
            text(asked, "verb"),
            text(asked, "namespace"),
            text(asked, "apiGroup"),
            text(asked, "apiVersion"),
            text(asked, "resource"),
            text(asked, "subresource"),
            text(asked, "name"),
            text(asked, "path"));
    return DecideComparison.problem(policy, reference, attributes, answer);
  }

  private static List<RbacObject> objects(YamlMapping asked) {
    ManifestLoader loader = ManifestLoader.lenient().replacing();
    if (asked.get("policy") instanceof YamlSequence objects) {
      for (YamlValue object : objects.values()) {
        loader.add("policy", ObjectJson.line(object).getBytes(StandardCharsets.UTF_8));
      }
    }
    return loader.manifest().orThrow().objects();
  }

  private static String text(YamlMapping asked, String key) {
    YamlValue value = asked.get(key);
    return value == null ? "" : GoText.replaceStray(DecideComparison.string(value));
  }
}

package dev.certwright.revocation.authorization;

import dev.certwright.x509.SafeText;
import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that kube-apiserver checks of an AuthorizationConfiguration (rules AC-01 to AC-04) but two
 * things: it does not compile CEL, and cannot see the files of another machine. Collects every
 * problem.
 */
final class ConfigurationCheck {
  static final String KIND = "AuthorizationConfiguration";
  private static final String GROUP = "apiserver.config.k8s.io/";
  private static final Set<String> VERSIONS = Set.of("v1alpha1", "v1beta1", "v1");
  static final List<String> TYPES =
      List.of("ABAC", "AlwaysAllow", "AlwaysDeny", "Node", "RBAC", "Webhook");
  private static final Set<String> WEBHOOK_FIELDS =
      Set.of(
          "authorizedTTL",
          "cacheAuthorizedRequests",
          "unauthorizedTTL",
          "cacheUnauthorizedRequests",
          "timeout",
          "subjectAccessReviewVersion",
          "matchConditionSubjectAccessReviewVersion",
          "failurePolicy",
          "connectionInfo",
          "matchConditions");
  private static final int MOST_CONDITIONS = 64;
  private static final int MOST_CODE_POINTS = 100_000;
  private static final long LONGEST_TIMEOUT = 30_000_000_000L;
  private static final int LONGEST_NAME = 253;

  private final List<String> problems = new ArrayList<>();
  private final Set<String> types = new HashSet<>();
  private final Set<String> names = new HashSet<>();

  private ConfigurationCheck() {}

  /** Everything that is wrong with it; empty if it would be taken. */
  static List<String> problems(YamlValue root) {
    ConfigurationCheck check = new ConfigurationCheck();
    if (root instanceof YamlMapping configuration) {
      check.configuration(configuration);
    } else {
      check.add(root, "expected an " + KIND + ", found a " + root.kind());
    }
    return check.problems;
  }

  private void add(YamlValue at, String problem) {
    problems.add(
        at.position().line() == 0 ? problem : "line " + at.position().line() + ": " + problem);
  }

  private void configuration(YamlMapping configuration) {
    fields(configuration, "", Set.of("apiVersion", "kind", "authorizers"));
    String version = text(configuration, "", "apiVersion");
    if (!version.startsWith(GROUP) || !VERSIONS.contains(version.substring(GROUP.length()))) {
      add(configuration, "apiVersion must be " + GROUP + "v1");
    }
    if (!text(configuration, "", "kind").equals(KIND)) {
      add(configuration, "kind must be " + KIND);
    }
    List<YamlValue> authorizers = list(configuration, "", "authorizers");
    if (authorizers.isEmpty()) {
      add(configuration, "authorizers: at least one is needed");
    }
    for (int i = 0; i < authorizers.size(); i++) {
      String path = "authorizers[" + i + "]";
      YamlValue value = authorizers.get(i);
      if (value instanceof YamlMapping authorizer) {
        authorizer(authorizer, path);
      } else {
        add(value, path + ": expected a mapping, found a " + value.kind());
      }
    }
  }

  private void authorizer(YamlMapping authorizer, String path) {
    fields(authorizer, path, Set.of("type", "name", "webhook"));
    String type = text(authorizer, path, "type");
    String name = text(authorizer, path, "name");
    YamlMapping webhook = mapping(authorizer, path, "webhook");
    if (!TYPES.contains(type)) {
      add(authorizer, path + ".type must be one of " + String.join(", ", TYPES));
      return;
    }
    if (!types.add(type) && !type.equals("Webhook")) {
      add(authorizer, path + ".type: " + type + " is there already");
      return;
    }
    name(authorizer, path, type, name);
    if (!type.equals("Webhook")) {
      if (webhook != null) {
        add(webhook, path + ".webhook is for type Webhook only");
      }
    } else if (webhook == null) {
      add(authorizer, path + ".webhook is needed for type Webhook");
    } else {
      webhook(webhook, path + ".webhook");
    }
  }

  private void name(YamlMapping authorizer, String path, String type, String name) {
    if (name.isEmpty()) {
      add(authorizer, path + ".name is needed");
    } else if (!names.add(name)) {
      add(authorizer, path + ".name: " + name + " is there already");
    } else if (!isSubdomain(name)) {
      add(authorizer, path + ".name must be a DNS-1123 subdomain");
    } else if (!type.equals("Webhook") && !name.equals(type.toLowerCase(Locale.ROOT))) {
      add(authorizer, path + ".name of " + type + " must be " + type.toLowerCase(Locale.ROOT));
    }
  }

  private void webhook(YamlMapping webhook, String path) {
    fields(webhook, path, WEBHOOK_FIELDS);
    long timeout = duration(webhook, path, "timeout", 0);
    if (timeout <= 0 || timeout > LONGEST_TIMEOUT) {
      add(webhook, path + ".timeout must be more than 0s and at most 30s");
    }
    for (String field : List.of("authorizedTTL", "unauthorizedTTL")) {
      if (duration(webhook, path, field, 1) < 0) {
        add(webhook, path + "." + field + " must not be negative");
      }
    }
    for (String field : List.of("cacheAuthorizedRequests", "cacheUnauthorizedRequests")) {
      YamlValue value = value(webhook, field);
      if (value != null && !(value instanceof YamlBoolean)) {
        add(value, path + "." + field + ": expected true or false, found a " + value.kind());
      }
    }
    oneOf(webhook, path, "subjectAccessReviewVersion", List.of("v1", "v1beta1"));
    oneOf(webhook, path, "failurePolicy", List.of("NoOpinion", "Deny"));
    connection(webhook, path + ".connectionInfo");
    List<YamlValue> conditions = list(webhook, path, "matchConditions");
    String version = text(webhook, path, "matchConditionSubjectAccessReviewVersion");
    if (version.isEmpty() ? !conditions.isEmpty() : !version.equals("v1")) {
      add(webhook, path + ".matchConditionSubjectAccessReviewVersion must be v1");
    }
    conditions(webhook, path + ".matchConditions", conditions);
  }

  private void connection(YamlMapping webhook, String path) {
    YamlMapping connection = mapping(webhook, path, "connectionInfo");
    if (connection == null) {
      add(webhook, path + " is needed");
      return;
    }
    fields(connection, path, Set.of("type", "kubeConfigFile"));
    String file = text(connection, path, "kubeConfigFile");
    // InClusterConfig passes upstream's validation and then fails: rule AC-03.
    if (!text(connection, path, "type").equals("KubeConfigFile")) {
      add(connection, path + ".type must be KubeConfigFile");
    } else if (!file.startsWith("/")) {
      add(connection, path + ".kubeConfigFile must be an absolute path");
    }
  }

  private void conditions(YamlMapping webhook, String path, List<YamlValue> conditions) {
    if (conditions.size() > MOST_CONDITIONS) {
      add(webhook, path + ": " + conditions.size() + " where at most 64 may be");
    }
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < conditions.size(); i++) {
      String at = path + "[" + i + "]";
      if (!(conditions.get(i) instanceof YamlMapping condition)) {
        add(conditions.get(i), at + ": expected a mapping");
        continue;
      }
      fields(condition, at, Set.of("expression"));
      String expression = text(condition, at, "expression");
      if (expression.isBlank()) {
        add(condition, at + ".expression is needed");
      } else if (!seen.add(expression)) {
        add(condition, at + ".expression is there already");
      } else if (expression.codePointCount(0, expression.length()) > MOST_CODE_POINTS) {
        add(condition, at + ".expression has more than 100000 code points");
      }
    }
  }

  private void oneOf(YamlMapping mapping, String path, String field, List<String> values) {
    if (!values.contains(text(mapping, path, field))) {
      add(mapping, path + "." + field + " must be " + String.join(" or ", values));
    }
  }

  private long duration(YamlMapping mapping, String path, String field, long absent) {
    YamlMapping.Entry entry = mapping.entry(field);
    if (entry == null) {
      return absent;
    }
    try {
      // Unlike elsewhere null is not absence here: the type reads itself, and cannot read it.
      if (entry.value() instanceof YamlString text) {
        return GoDuration.nanos(text.value());
      }
    } catch (NumberFormatException notADuration) {
      // Said below.
    }
    add(entry.value(), path + "." + field + ": expected a duration such as 1s");
    return 1;
  }

  private void fields(YamlMapping mapping, String path, Set<String> known) {
    for (YamlMapping.Entry entry : mapping.entries()) {
      if (!known.contains(entry.key())) {
        problems.add(
            "line "
                + entry.keyPosition().line()
                + ": unknown field "
                + (path.isEmpty() ? "" : path + ".")
                + SafeText.of(entry.key()));
      }
    }
  }

  private static @Nullable YamlValue value(YamlMapping mapping, String field) {
    YamlValue value = mapping.get(field);
    return value instanceof YamlNull ? null : value;
  }

  private String text(YamlMapping mapping, String path, String field) {
    YamlValue value = value(mapping, field);
    if (value != null && !(value instanceof YamlString)) {
      add(value, path + "." + field + ": expected a string, found a " + value.kind());
    }
    return value instanceof YamlString text ? text.value() : "";
  }

  private @Nullable YamlMapping mapping(YamlMapping mapping, String path, String field) {
    YamlValue value = value(mapping, field);
    if (value != null && !(value instanceof YamlMapping)) {
      add(value, path + ": expected a mapping, found a " + value.kind());
    }
    return value instanceof YamlMapping inner ? inner : null;
  }

  private List<YamlValue> list(YamlMapping mapping, String path, String field) {
    YamlValue value = value(mapping, field);
    if (value != null && !(value instanceof YamlSequence)) {
      add(value, path + "." + field + ": expected a list, found a " + value.kind());
    }
    return value instanceof YamlSequence sequence ? sequence.values() : List.of();
  }

  /** RFC 1123 as Kubernetes reads it: labels of lower-case letters, digits and inner dashes. */
  static boolean isSubdomain(String name) {
    if (name.length() > LONGEST_NAME) {
      return false;
    }
    boolean begins = true;
    char last = '.';
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean inner = c >= 'a' && c <= 'z' || c >= '0' && c <= '9';
      if (c == '.' ? begins || last == '-' : !inner && (c != '-' || begins)) {
        return false;
      }
      begins = c == '.';
      last = c;
    }
    return !begins && last != '-';
  }
}

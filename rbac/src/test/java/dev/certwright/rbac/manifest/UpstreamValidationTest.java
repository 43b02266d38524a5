package dev.certwright.rbac.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The objects that upstream's own tests of its validation look at (pkg/apis/rbac/validation), as
 * manifests of ours: each is valid but for what the row changes, and the one field named must be
 * the one complained of (RV-02 to RV-07).
 */
class UpstreamValidationTest {
  private static final String CLUSTER_ROLE_BINDING =
      "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRoleBinding, metadata: {name: b},"
          + " roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: r},"
          + " subjects: [{kind: ServiceAccount, name: robot, namespace: there},"
          + " {kind: User, apiGroup: rbac.authorization.k8s.io, name: someone@corp},"
          + " {kind: Group, apiGroup: rbac.authorization.k8s.io, name: some@corp}]}";

  private static final String ROLE_BINDING =
      "{apiVersion: rbac.authorization.k8s.io/v1, kind: RoleBinding,"
          + " metadata: {name: b, namespace: ns},"
          + " roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: r},"
          + " subjects: [{kind: ServiceAccount, name: robot, namespace: there},"
          + " {kind: User, apiGroup: rbac.authorization.k8s.io, name: someone@corp},"
          + " {kind: Group, apiGroup: rbac.authorization.k8s.io, name: some@corp}]}";

  private static final String ROLE =
      "{apiVersion: rbac.authorization.k8s.io/v1, kind: Role,"
          + " metadata: {name: r, namespace: ns}, rules: [RULE]}";

  private static final String CLUSTER_ROLE =
      "{apiVersion: rbac.authorization.k8s.io/v1, kind: ClusterRole,"
          + " metadata: {name: r}, rules: [RULE]}";

  private static List<String> fieldsComplainedOf(String text) {
    ManifestLoader loader = ManifestLoader.strict();
    loader.add("f", text.getBytes(UTF_8));
    return loader.manifest().problems().stream()
        .map(problem -> problem.toString().replaceFirst("^f:\\d+: \\w+ \"[^\"]*\": ", ""))
        .map(problem -> problem.replaceFirst("^([^:]*: [A-Z][a-z]+ value).*", "$1"))
        .toList();
  }

  private static String changed(String text, String from, String to) {
    String changed = text.replaceFirst(java.util.regex.Pattern.quote(from), to);
    assertThat(changed).as("the row changes something").isNotEqualTo(text);
    return changed;
  }

  @Test
  void bindings_and_roles_as_they_should_be_are_valid() {
    assertThat(fieldsComplainedOf(CLUSTER_ROLE_BINDING)).isEmpty();
    assertThat(fieldsComplainedOf(ROLE_BINDING)).isEmpty();
    // A service account of a RoleBinding may leave its namespace out.
    assertThat(fieldsComplainedOf(changed(ROLE_BINDING, ", namespace: there", ""))).isEmpty();
  }

  @ParameterizedTest(name = "[{index}] {0} becomes {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          apiGroup: rbac.authorization.k8s.io, kind: ClusterRole | apiGroup: rbac, kind: ClusterRole | roleRef.apiGroup: Unsupported value
          kind: ClusterRole, name  | kind: Type, name        | roleRef.kind: Unsupported value
          kind: ClusterRole, name  | kind: Role, name        | roleRef.kind: Unsupported value
          metadata: {name: b}      | metadata: {}            | metadata.name: Required value
          , name: r}               | }                       | roleRef.name: Required value
          {kind: ServiceAccount, name: robot, namespace: there} | {name: robot} | subjects[0].kind: Unsupported value
          name: robot              | name: a:robot           | subjects[0].name: Invalid value
          , namespace: there       | ``                      | subjects[0].namespace: Required value
          name: robot, namespace   | namespace               | subjects[0].name: Required value
          """)
  void one_wrong_field_of_a_cluster_role_binding_is_the_one_complained_of(
      String from, String to, String complaint) {
    assertThat(fieldsComplainedOf(changed(CLUSTER_ROLE_BINDING, from, to)))
        .containsExactly(complaint);
  }

  @ParameterizedTest(name = "[{index}] {0} becomes {1}: {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          apiGroup: rbac.authorization.k8s.io, kind: Role | apiGroup: rbac, kind: ClusterRole | roleRef.apiGroup: Unsupported value
          kind: Role, name         | kind: Type, name        | roleRef.kind: Unsupported value
          , namespace: ns}         | }                       | metadata.namespace: Required value
          {name: b, namespace      | {namespace              | metadata.name: Required value
          , name: r}               | }                       | roleRef.name: Required value
          {kind: ServiceAccount, name: robot, namespace: there} | {name: robot} | subjects[0].kind: Unsupported value
          name: robot              | name: a:robot           | subjects[0].name: Invalid value
          name: robot, namespace   | namespace               | subjects[0].name: Required value
          """)
  void one_wrong_field_of_a_role_binding_is_the_one_complained_of(
      String from, String to, String complaint) {
    assertThat(fieldsComplainedOf(changed(ROLE_BINDING, from, to))).containsExactly(complaint);
  }

  @ParameterizedTest(name = "[{index}] {0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                                                        | ``
          {verbs: [get], nonResourceURLs: ['/*']}                                   | rules[0].nonResourceURLs: Invalid value
          {verbs: [get], nonResourceURLs: ['/*'], apiGroups: [v1], resources: [pods]} | rules[0].nonResourceURLs: Invalid value
          {verbs: [get], apiGroups: [v1], resources: [pods]}                        | ``
          {verbs: [get], resources: [pods]}                                         | rules[0].apiGroups: Required value
          {verbs: [get], apiGroups: [v1]}                                           | rules[0].resources: Required value
          """)
  void a_role_is_judged_rule_by_rule(String rule, String complaint) {
    assertThat(fieldsComplainedOf(ROLE.replace("RULE", rule)))
        .containsOnly(complaint.isEmpty() ? new String[0] : new String[] {complaint});
  }

  @ParameterizedTest(name = "[{index}] {0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          ``                                      | ``
          {verbs: [get], nonResourceURLs: ['/*']} | ``
          {verbs: [], nonResourceURLs: ['/*']}    | rules[0].verbs: Required value
          """)
  void a_cluster_role_may_speak_of_paths(String rule, String complaint) {
    assertThat(fieldsComplainedOf(CLUSTER_ROLE.replace("RULE", rule)))
        .containsOnly(complaint.isEmpty() ? new String[0] : new String[] {complaint});
  }

  @ParameterizedTest(name = "[{index}] {0} instead of {1}: {2}")
  @CsvSource({
    "{name: r}, '{name: r, namespace: ns}', metadata.namespace: Required value",
    "{namespace: ns}, '{name: r, namespace: ns}', metadata.name: Required value",
  })
  void a_role_needs_a_name_and_a_namespace(String found, String needed, String complaint) {
    assertThat(fieldsComplainedOf(changed(ROLE, needed, found).replace("RULE", "")))
        .containsExactly(complaint);
  }
}

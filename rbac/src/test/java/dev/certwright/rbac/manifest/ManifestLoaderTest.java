package dev.certwright.rbac.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.certwright.rbac.ClusterRole;
import dev.certwright.rbac.ClusterRoleBinding;
import dev.certwright.rbac.PolicyRule;
import dev.certwright.rbac.RbacObject;
import dev.certwright.rbac.Role;
import dev.certwright.rbac.RoleBinding;
import dev.certwright.rbac.Subject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ManifestLoaderTest {
  private static final String ROLE =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata:
        name: reader
      rules:
      - apiGroups: [""]
        resources: [pods]
        verbs: [get]
      """;

  private static Manifest strict(String... texts) {
    return load(ManifestLoader.strict(), texts);
  }

  private static Manifest lenient(String... texts) {
    return load(ManifestLoader.lenient(), texts);
  }

  private static Manifest load(ManifestLoader loader, String... texts) {
    for (int i = 0; i < texts.length; i++) {
      loader.add("file" + (i + 1) + ".yaml", texts[i].getBytes(StandardCharsets.UTF_8));
    }
    return loader.manifest();
  }

  private static List<String> messages(Manifest manifest) {
    return manifest.problems().stream().map(Problem::toString).toList();
  }

  @Test
  void documents_of_all_kinds_are_read_and_others_counted() {
    Manifest manifest =
        strict(
            "# only a comment\n---\n"
                + ROLE
                + """
                ---
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: x}
                ---
                kind: RoleBinding
                apiVersion: rbac.authorization.k8s.io/v1beta1
                metadata: {name: b, namespace: ns}
                roleRef: {kind: ClusterRole, name: reader}
                subjects: [{kind: User, name: brancz}, {kind: ServiceAccount, name: x}]
                ---
                just: a mapping
                """);
    assertThat(messages(manifest)).isEmpty();
    assertThat(manifest.otherKinds()).isEqualTo(Map.of("v1/ConfigMap", 1, "no kind", 1));
    assertThat(manifest.objects()).hasSize(2);
    ClusterRole role = (ClusterRole) manifest.objects().get(0);
    assertThat(role.rules())
        .containsExactly(PolicyRule.ofResources(List.of("get"), List.of(""), List.of("pods")));
    assertThat(role.origin()).hasToString("file1.yaml:3");
    RoleBinding binding = (RoleBinding) manifest.objects().get(1);
    assertThat(binding.roleRef().apiGroup()).isEqualTo("rbac.authorization.k8s.io");
    assertThat(binding.subjects())
        .containsExactly(Subject.user("brancz"), Subject.serviceAccount("", "x"));
  }

  @Test
  void lists_are_read_with_the_kind_and_version_they_lend_their_items() {
    Manifest manifest =
        strict(
            """
            {"apiVersion":"v1","kind":"List","items":[
              {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleList","items":[
                {"metadata":{"name":"a","namespace":"ns"},"rules":null}]},
              {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"ClusterRoleBindingList",
               "items":[{"metadata":{"name":"b"},"roleRef":{"kind":"ClusterRole","name":"r"}}]},
              {"apiVersion":"v1","kind":"PodList","items":[]}]}
            """);
    assertThat(messages(manifest)).isEmpty();
    assertThat(manifest.objects())
        .extracting(RbacObject::kind)
        .containsExactly("Role", "ClusterRoleBinding");
    assertThat(manifest.otherKinds()).containsKey("v1/PodList");
  }

  @Test
  void the_oldest_version_writes_subjects_otherwise_RV_10() {
    Manifest manifest =
        strict(
            """
            apiVersion: rbac.authorization.k8s.io/v1alpha1
            kind: ClusterRoleBinding
            metadata: {name: b}
            roleRef: {kind: ClusterRole, name: r}
            subjects:
            - {kind: User, name: "*"}
            - {kind: Group, name: dev, apiVersion: rbac.authorization.k8s.io/v1alpha1}
            - {kind: ServiceAccount, name: x, namespace: ns, apiVersion: v1}
            """);
    assertThat(messages(manifest)).isEmpty();
    assertThat(((ClusterRoleBinding) manifest.objects().get(0)).subjects())
        .containsExactly(
            Subject.group("system:authenticated"),
            Subject.group("dev"),
            Subject.serviceAccount("ns", "x"));
  }

  @Test
  void invalid_objects_are_told_with_field_and_line_in_upstreams_words_RV_02_RV_05_RV_07() {
    Manifest manifest =
        strict(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata:
              name: a/b
            rules:
            - verbs: []
              nonResourceURLs: [/x]
            - apiGroups: [""]
              verbs: [get]
            ---
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: b}
            roleRef:
              kind: Role
              name: r
            subjects:
            - kind: Robot
              name: x
            - kind: ServiceAccount
              name: X
            """);
    assertThat(messages(manifest))
        .containsExactly(
            "file1.yaml:3: Role \"a/b\": metadata.namespace: Required value",
            "file1.yaml:4: Role \"a/b\": metadata.name: Invalid value: \"a/b\": may not contain '/'",
            "file1.yaml:6: Role \"a/b\": rules[0].verbs: Required value",
            "file1.yaml:7: Role \"a/b\": rules[0].nonResourceURLs: Invalid value: [\"/x\"]:"
                + " namespaced rules cannot apply to non-resource URLs",
            "file1.yaml:8: Role \"a/b\": rules[1].resources: Required value: resource rules must"
                + " supply at least one resource",
            "file1.yaml:15: ClusterRoleBinding \"b\": roleRef.kind: Unsupported value: \"Role\":"
                + " supported values: \"ClusterRole\"",
            "file1.yaml:18: ClusterRoleBinding \"b\": subjects[0].kind: Unsupported value:"
                + " \"Robot\": supported values: \"ServiceAccount\", \"User\", \"Group\"",
            "file1.yaml:20: ClusterRoleBinding \"b\": subjects[1].namespace: Required value",
            "file1.yaml:21: ClusterRoleBinding \"b\": subjects[1].name: Invalid value: \"X\": a"
                + " lowercase RFC 1123 subdomain must consist of lower case alphanumeric"
                + " characters, '-' or '.', and must start and end with an alphanumeric character"
                + " (e.g. 'example.com', regex used for validation is"
                + " '[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*')");
    assertThatExceptionOfType(ManifestException.class)
        .isThrownBy(manifest::orThrow)
        .withMessageContaining("rules[0].verbs")
        .satisfies(e -> assertThat(e.problems()).hasSize(9));
  }

  @Test
  void leniency_takes_what_the_authorizer_would_take_and_warns() {
    Manifest manifest =
        lenient(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: b}
            roleRef: {kind: Role, name: ns/r}
            subjects: [{kind: User, name: alice}]
            """);
    assertThat(messages(manifest)).isEmpty();
    assertThat(manifest.objects()).hasSize(1);
    assertThat(manifest.warnings())
        .extracting(Problem::field)
        .containsExactly("roleRef.kind", "roleRef.name");
  }

  @Test
  void what_cannot_be_decoded_is_a_problem_even_with_leniency() {
    String text =
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: r, labels: {a: 1}}
        rules:
        - verbs: get
          apiGroups: [yes]
          resources: {}
          resourceNames: [~, 0x10]
        - text
        """;
    assertThat(messages(lenient(text)))
        .containsExactly(
            "file1.yaml:3: ClusterRole \"r\": metadata.labels.a: expected a string, found a number:"
                + " put it in quotes",
            "file1.yaml:5: ClusterRole \"r\": rules[0].verbs: expected a list, found a string",
            "file1.yaml:6: ClusterRole \"r\": rules[0].apiGroups[0]: expected a string, found a"
                + " boolean: put it in quotes",
            "file1.yaml:7: ClusterRole \"r\": rules[0].resources: expected a list, found a mapping",
            "file1.yaml:8: ClusterRole \"r\": rules[0].resourceNames[1]: expected a string, found a"
                + " number: put it in quotes",
            "file1.yaml:9: ClusterRole \"r\": rules[1]: expected a mapping, found a string: put it"
                + " in quotes");
    assertThat(lenient(text).objects()).isEmpty();
  }

  @Test
  void duplicate_keys_and_unknown_fields_are_warned_of_and_the_last_key_counts_RV_11() {
    Manifest manifest =
        strict(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: one, name: two, color: red}
            rule: []
            """);
    assertThat(messages(manifest)).isEmpty();
    assertThat(manifest.objects().get(0).name()).isEqualTo("two");
    assertThat(manifest.warnings())
        .extracting(Problem::line, Problem::field)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(3, ""),
            org.assertj.core.groups.Tuple.tuple(3, "metadata.color"),
            org.assertj.core.groups.Tuple.tuple(4, "rule"));
  }

  @Test
  void an_object_that_stands_twice_is_an_error_that_names_both_places() {
    assertThat(messages(strict(ROLE, "\n\n" + ROLE)))
        .containsExactly(
            "file2.yaml:3: ClusterRole \"reader\": stands twice, the other is at file1.yaml:1");
  }

  @Test
  void a_later_object_replaces_an_earlier_one_when_asked_to() {
    Manifest manifest =
        load(ManifestLoader.strict().replacing(), ROLE, ROLE.replace("[get]", "[list]"));
    assertThat(messages(manifest)).isEmpty();
    assertThat(manifest.objects()).hasSize(1);
    assertThat(((ClusterRole) manifest.objects().get(0)).rules().get(0).verbs())
        .containsExactly("list");
  }

  @Test
  void a_default_namespace_is_given_to_objects_that_name_none() {
    String text =
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: r}
        """;
    assertThat(messages(strict(text))).hasSize(1);
    Manifest manifest = load(ManifestLoader.strict().withDefaultNamespace("team"), text, ROLE);
    assertThat(messages(manifest)).isEmpty();
    assertThat(((Role) manifest.objects().get(0)).namespace()).isEqualTo("team");
    assertThat(manifest.objects().get(1).namespace()).isEmpty();
  }

  @Test
  void a_namespace_on_an_object_of_the_cluster_is_dropped_as_the_server_drops_it() {
    Manifest manifest = strict(ROLE.replace("name: reader", "name: reader\n  namespace: ns"));
    assertThat(messages(manifest)).isEmpty();
    assertThat(manifest.objects().get(0).namespace()).isEmpty();
    assertThat(manifest.warnings())
        .extracting(Problem::field)
        .containsExactly("metadata.namespace");
  }

  @Test
  void texts_that_are_no_yaml_or_no_objects_are_problems_with_their_place() {
    assertThat(messages(strict("a: [", "- x\n- y\n", "kind: Role: x"))).hasSize(3);
    assertThat(messages(strict("- x")))
        .containsExactly("file1.yaml:1: expected an object, found a sequence");
  }

  @Test
  void kinds_and_versions_that_are_not_served_are_problems() {
    assertThat(
            messages(
                strict(
                    "apiVersion: rbac.authorization.k8s.io/v2\nkind: Role\n",
                    "apiVersion: rbac.authorization.k8s.io/v1\nkind: Roll\n")))
        .containsExactly(
            "file1.yaml:1: apiVersion: no kind Role in rbac.authorization.k8s.io/v2, expected"
                + " ClusterRole, ClusterRoleBinding, Role or RoleBinding of v1",
            "file2.yaml:2: kind: no kind Roll in rbac.authorization.k8s.io/v1, expected"
                + " ClusterRole, ClusterRoleBinding, Role or RoleBinding of v1");
  }

  @Test
  void aggregated_roles_are_filled_and_stale_rules_reported_AG_01_RS_22() {
    Manifest manifest =
        strict(
            ROLE.replace("name: reader", "name: part\n  labels: {to-all: 'true'}"),
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: all}
            aggregationRule: {clusterRoleSelectors: [{matchLabels: {to-all: "true"}}]}
            rules:
            - {apiGroups: [""], resources: [secrets], verbs: [get]}
            """);
    assertThat(manifest.aggregation().changes()).hasSize(1);
    ClusterRole filled = manifest.policy().clusterRole("all");
    assertThat(filled).isNotNull();
    assertThat(filled.rules().get(0).resources()).containsExactly("pods");
    ClusterRole written = manifest.policyAsWritten().clusterRole("all");
    assertThat(written).isNotNull();
    assertThat(written.rules().get(0).resources()).containsExactly("secrets");
  }
}

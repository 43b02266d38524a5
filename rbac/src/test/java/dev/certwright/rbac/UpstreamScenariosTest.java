package dev.certwright.rbac;

import static dev.certwright.rbac.Policies.alice;
import static dev.certwright.rbac.Policies.asks;
import static dev.certwright.rbac.Policies.rule;
import static dev.certwright.rbac.Policies.urls;
import static dev.certwright.rbac.Policies.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.identity.Identity;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The situations that upstream's own tests of its authorizer look at, in cases of ours. */
class UpstreamScenariosTest {
  private static final Policy ONE_NAMESPACE =
      Policy.of(
          List.of(
              ClusterRole.of("everything", List.of(rule("*", "*", "*"))),
              RoleBinding.of(
                  "one",
                  "owners",
                  RoleRef.clusterRole("everything"),
                  Subject.user("owner"),
                  Subject.group("owners"))));

  @ParameterizedTest(name = "[{index}] {0} of {1} asks {2} {3} in {4}: {5}")
  @CsvSource({
    "owner, -,            get,   Pods,   one, true",
    "owner, -,            watch, things, one, true",
    "joe,   owners,       watch, things, one, true",
    "joe,   'x,owners',   watch, things, one, true",
    "joe,   x,            watch, things, one, false",
    "owner, -,            get,   pods,   two, false",
    "owner, owners,       get,   pods,   two, false",
    "owner, owners,       get,   nodes,  '',  false",
  })
  void everything_in_one_namespace_is_nothing_elsewhere(
      String name, String groups, String verb, String resource, String namespace, boolean yes) {
    Identity asker = user(name, groups.equals("-") ? new String[0] : groups.split(","));
    Attributes asked = Attributes.ofResource(asker, verb, "any", resource).inNamespace(namespace);
    assertThat(ONE_NAMESPACE.decide(asked).isAllowed()).isEqualTo(yes);
  }

  @ParameterizedTest(name = "[{index}] {0} asks {1} {2}: {3}")
  @CsvSource({
    "getter,   get,   /apis,          true",
    "getter,   watch, /apis,          false",
    "getter,   get,   /api/v1,        false",
    "anything, get,   /apis,          true",
    "anything, watch, /apis,          true",
    "anything, get,   /api/v1,        false",
    "prefixed, get,   /apis/v1,       true",
    "prefixed, get,   /apis/v1/x/y,   true",
    "prefixed, get,   /apis,          false",
    "prefixed, get,   /api/v1,        false",
  })
  void paths_are_given_to_users_and_groups_alike(
      String who, String verb, String path, boolean yes) {
    Policy policy =
        Policy.of(
            List.of(
                ClusterRole.of("getter", List.of(urls("get", "/apis"))),
                ClusterRole.of("anything", List.of(urls("*", "/apis"))),
                ClusterRole.of("prefixed", List.of(urls("get", "/apis/*"))),
                bound("getter"),
                bound("anything"),
                bound("prefixed")));
    assertThat(policy.decide(Attributes.ofPath(user(who), verb, path)).isAllowed()).isEqualTo(yes);
    Identity member = user("", "group-of-" + who);
    assertThat(policy.decide(Attributes.ofPath(member, verb, path)).isAllowed()).isEqualTo(yes);
  }

  private static ClusterRoleBinding bound(String role) {
    return ClusterRoleBinding.of(
        role, RoleRef.clusterRole(role), Subject.user(role), Subject.group("group-of-" + role));
  }

  @Test
  void a_resource_is_not_its_subresources_nor_they_it() {
    Attributes pods = asks("alice", "get", "x", "pods");
    assertThat(alice(rule("*", "*", "pods")).decide(pods).isAllowed()).isTrue();
    assertThat(alice(rule("*", "*", "pods")).decide(pods.ofSubresource("status")).isAllowed())
        .isFalse();
    Policy policy = alice(rule("*", "*", "pods/status"), rule("*", "*", "*/scale"));
    assertThat(policy.decide(pods).isAllowed()).isFalse();
    assertThat(policy.decide(pods.ofSubresource("status")).isAllowed()).isTrue();
    for (String resource : List.of("pods", "deployments", "anything")) {
      Attributes scale = asks("alice", "get", "x", resource).ofSubresource("scale");
      assertThat(policy.decide(scale).isAllowed()).as(resource).isTrue();
    }
  }

  @ParameterizedTest(name = "[{index}] {0} {1} {2}")
  @CsvSource({
    "*,       one,       one",
    "one,     *,         one",
    "one,     one,       *",
    "'one,two', 'one,two', 'one,two'",
    "one,     one,       one",
    "'*',     '*',       one/part",
  })
  void each_part_of_a_rule_holds_by_itself(String verbs, String groups, String resources) {
    Policy policy = alice(rule(verbs, groups, resources));
    for (String verb : List.of("one", "two")) {
      for (String group : List.of("one", "two")) {
        for (String resource : List.of("one", "two", "one/part", "two/part")) {
          String[] parts = resource.split("/", 2);
          Attributes asked =
              asks("alice", verb, group, parts[0]).ofSubresource(parts.length > 1 ? parts[1] : "");
          assertThat(policy.decide(asked).isAllowed())
              .as(verb + " " + group + " " + resource)
              .isEqualTo(has(verbs, verb) && has(groups, group) && has(resources, resource));
        }
      }
    }
  }

  private static boolean has(String words, String word) {
    List<String> all = List.of(words.split(","));
    return all.contains("*") || all.contains(word);
  }
}

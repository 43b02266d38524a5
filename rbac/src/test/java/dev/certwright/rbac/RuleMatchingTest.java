package dev.certwright.rbac;

import static dev.certwright.rbac.Policies.alice;
import static dev.certwright.rbac.Policies.asks;
import static dev.certwright.rbac.Policies.rule;
import static dev.certwright.rbac.Policies.urls;
import static dev.certwright.rbac.Policies.user;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One rule against one question, alone and among so many roles that an index answers. */
class RuleMatchingTest {
  private static boolean allowed(PolicyRule rule, Attributes asked) {
    boolean alone = alice(rule).decide(asked).isAllowed();
    assertThat(crowd(rule).decide(asked).isAllowed()).isEqualTo(alone);
    assertThat(longRole(rule).decide(asked).isAllowed()).isEqualTo(alone);
    return alone;
  }

  // The rule's role among forty others.
  private static Policy crowd(PolicyRule rule) {
    List<RbacObject> objects = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      objects.add(ClusterRole.of("r" + i, List.of(rule("get", "other", "kind-" + i))));
      objects.add(
          ClusterRoleBinding.of("b" + i, RoleRef.clusterRole("r" + i), Subject.user("alice")));
    }
    objects.add(ClusterRole.of("r", List.of(rule)));
    objects.add(ClusterRoleBinding.of("b", RoleRef.clusterRole("r"), Subject.user("alice")));
    return Policy.of(objects);
  }

  // The rule among sixty others of its role.
  private static Policy longRole(PolicyRule rule) {
    PolicyRule[] rules = new PolicyRule[60];
    for (int i = 0; i < rules.length; i++) {
      rules[i] = i == 33 ? rule : rule("get", "other", "kind-" + i);
    }
    return alice(rules);
  }

  private static Attributes asked(String verb, String group, String resource, String subresource) {
    return asks("alice", text(verb), text(group), text(resource)).ofSubresource(text(subresource));
  }

  private static String text(String written) {
    return written.equals("-") ? "" : written;
  }

  @ParameterizedTest(name = "[{index}] {0} {1} {2} asked {3} {4} {5}/{6}: {7}")
  @CsvSource({
    "get,         -,    pods,        get,    -,    pods, -,   true",
    "get,         -,    pods,        list,   -,    pods, -,   false",
    "get,         -,    pods,        GET,    -,    pods, -,   false",
    "'get,list',  -,    pods,        list,   -,    pods, -,   true",
    "*,           -,    pods,        -,      -,    pods, -,   true",
    "*,           -,    pods,        *,      -,    pods, -,   true",
    "get,         -,    pods,        *,      -,    pods, -,   false",
    "-,           -,    pods,        -,      -,    pods, -,   true",
    "'',          -,    pods,        get,    -,    pods, -,   false",
    "'',          -,    pods,        -,      -,    pods, -,   false",
  })
  void verbs_are_equal_or_a_star_RB_03(
      String verbs,
      String groups,
      String resources,
      String verb,
      String group,
      String resource,
      String subresource,
      boolean allowed) {
    assertThat(allowed(rule(verbs, groups, resources), asked(verb, group, resource, subresource)))
        .isEqualTo(allowed);
  }

  @ParameterizedTest(name = "[{index}] {0} asked {1}: {2}")
  @CsvSource({
    "apps,      apps, true",
    "apps,      -,    false",
    "-,         -,    true",
    "-,         apps, false",
    "core,      -,    false",
    "*,         -,    true",
    "*,         apps, true",
    "*,         *,    true",
    "apps,      *,    false",
    "apps,      Apps, false",
    "'',        -,    false",
  })
  void groups_are_equal_or_a_star_and_the_core_group_is_empty_RB_03_RS_09(
      String groups, String group, boolean allowed) {
    assertThat(allowed(rule("get", groups, "pods"), asked("get", group, "pods", "-")))
        .isEqualTo(allowed);
  }

  @ParameterizedTest(name = "[{index}] {0} asked {1}/{2}: {3}")
  @CsvSource({
    "pods,        pods,  -,      true",
    "pods,        pods,  log,    false",
    "pods/log,    pods,  log,    true",
    "pods/log,    pods,  -,      false",
    "pods/log,    Pods,  log,    false",
    "*,           pods,  -,      true",
    "*,           pods,  log,    true",
    "*,           -,     -,      true",
    "*,           *,     *,      true",
    "*/log,       pods,  log,    true",
    "*/log,       -,     log,    true",
    "*/log,       pods,  -,      false",
    "*/log,       pods,  logs,   false",
    "*/log,       pods,  x/log,  false",
    "*/log/x,     pods,  log/x,  true",
    "*/log,       *,     log,    true",
    "pods/*,      pods,  log,    false",
    "pods/*,      pods,  *,      true",
    "*/*,         pods,  log,    false",
    "*/*,         pods,  *,      true",
    "*/,          pods,  -,      false",
    "*/,          */,    -,      true",
    "-,           -,     -,      true",
    "-,           -,     log,    false",
    "/log,        -,     log,    true",
    "pods,        *,     -,      false",
    "**,          pods,  -,      false",
    "'',          pods,  -,      false",
    "'',          -,     -,      false",
    "'pods,*',    nodes, -,      true",
  })
  void resources_match_with_their_subresource_RB_04_RB_05_RB_08_RB_09_RS_06(
      String resources, String resource, String subresource, boolean allowed) {
    assertThat(allowed(rule("get", "-", resources), asked("get", "-", resource, subresource)))
        .isEqualTo(allowed);
  }

  @Test
  void names_are_equal_no_star_and_the_empty_name_only_matches_itself_RB_06_RS_07() {
    Attributes unnamed = asks("alice", "get", "", "pods");
    assertThat(allowed(rule("get", "-", "pods", "a", "b"), unnamed.named("b"))).isTrue();
    assertThat(allowed(rule("get", "-", "pods", "a", "b"), unnamed.named("c"))).isFalse();
    assertThat(allowed(rule("get", "-", "pods", "a", "b"), unnamed)).isFalse();
    assertThat(allowed(rule("get", "-", "pods", "*"), unnamed.named("a"))).isFalse();
    assertThat(allowed(rule("get", "-", "pods", "*"), unnamed.named("*"))).isTrue();
    assertThat(allowed(rule("get", "-", "pods", ""), unnamed)).isTrue();
    assertThat(allowed(rule("get", "-", "pods", ""), unnamed.named("a"))).isFalse();
    assertThat(allowed(rule("get", "-", "pods"), unnamed.named("a"))).isTrue();
    assertThat(allowed(rule("get", "-", "pods/log", "a"), unnamed.named("a").ofSubresource("log")))
        .isTrue();
  }

  @ParameterizedTest(name = "[{index}] {0} asked {1}: {2}")
  @CsvSource({
    "/healthz,    /healthz,     true",
    "/healthz,    /healthz/,    false",
    "/healthz/*,  /healthz/x,   true",
    "/healthz/*,  /healthz/,    true",
    "/healthz/*,  /healthz,     false",
    "/foo*,       /foobar,      true",
    "/foo*,       /fo,          false",
    "/a/**,       /a/b,         true",
    "/a/**,       /a,           false",
    "/a*b,        /axb,         false",
    "/a*b,        /a*b,         true",
    "*,           /anything,    true",
    "*,           '',           true",
    "**,          /anything,    true",
    "/*,          /anything,    true",
    "/*,          anything,     false",
    "'',          '',           true",
    "'',          /,            false",
    "/A,          /a,           false",
  })
  void paths_are_equal_or_begin_with_the_rest_before_trailing_stars_RB_07_RS_08(
      String url, String path, boolean allowed) {
    assertThat(allowed(urls("get", url), Attributes.ofPath(user("alice"), "get", path)))
        .isEqualTo(allowed);
  }

  @Test
  void rules_for_resources_never_match_paths_nor_the_other_way_round_RB_02() {
    Attributes path = Attributes.ofPath(user("alice"), "get", "/api");
    assertThat(allowed(rule("*", "*", "*"), path)).isFalse();
    assertThat(allowed(urls("*", "*"), asks("alice", "get", "", "pods"))).isFalse();
    PolicyRule both =
        new PolicyRule(List.of("get"), List.of(""), List.of("pods"), List.of(), List.of("/api"));
    assertThat(allowed(both, path)).isTrue();
    assertThat(allowed(both, asks("alice", "get", "", "pods"))).isTrue();
  }

  @Test
  void a_rule_too_large_to_be_taken_apart_is_asked_itself() {
    List<String> many = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      many.add("x" + i);
    }
    PolicyRule wide = PolicyRule.ofResources(many, many, many);
    assertThat(allowed(wide, asks("alice", "x19", "x3", "x7"))).isTrue();
    assertThat(allowed(wide, asks("alice", "x20", "x3", "x7"))).isFalse();
  }

  @Test
  void the_api_version_is_never_looked_at_RB_01() {
    Attributes asked =
        new Attributes(user("alice"), true, "get", "", "", "v7", "pods", "", "", "/x");
    assertThat(allowed(rule("get", "-", "pods"), asked)).isTrue();
  }
}

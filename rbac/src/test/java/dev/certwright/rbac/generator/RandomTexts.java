package dev.certwright.rbac.generator;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Picks from small sets of texts, so that what is made often matches and often nearly does. */
final class RandomTexts {
  static final List<String> USERS =
      List.of(
          "alice",
          "bob",
          "Alice",
          "",
          "*",
          "system:serviceaccount:a:x",
          "system:serviceaccount:a:x:y",
          "system:serviceaccount:a/b:x",
          "system:serviceaccount:kube-system:default",
          "system:serviceaccount::x",
          "system:serviceaccount:a:",
          "system:serviceaccount:",
          "system:anonymous",
          "x",
          "a\"b\\c",
          "tab\there",
          "\u0007\u000b\u007f",
          "stra\u00dfe",
          "nbsp\u00a0",
          "zero\u200bwidth",
          "\ue000\uFFFD",
          "\ud83d\ude00",
          "\udbff\udffd",
          "<&>'");
  static final List<String> GROUPS =
      List.of(
          "dev",
          "ops",
          "*",
          "",
          "system:authenticated",
          "system:unauthenticated",
          "system:serviceaccounts",
          "system:serviceaccounts:a",
          "alice",
          "Dev",
          "d\u00ebv",
          "dev\nops",
          "system:serviceaccount:a:x");
  static final List<String> NAMESPACES = List.of("", "a", "b", "a/b", "default", "kube-system");
  static final List<String> VERBS =
      List.of("get", "list", "watch", "create", "delete", "*", "", "GET", "impersonate", "bind");
  static final List<String> API_GROUPS =
      List.of("", "apps", "*", "rbac.authorization.k8s.io", "Apps", "core", "metrics.k8s.io");
  static final List<String> RESOURCES =
      List.of(
          "pods",
          "pods/log",
          "*",
          "*/log",
          "pods/*",
          "*/*",
          "deployments",
          "deployments/scale",
          "*/scale",
          "*/",
          "",
          "/log",
          "pods/",
          "*/log/x",
          "pods/log/x",
          "secrets",
          "Pods",
          "**");
  static final List<String> ASKED_RESOURCES =
      List.of("pods", "*", "deployments", "", "secrets", "Pods", "pods/log", "*/log");
  static final List<String> SUBRESOURCES =
      List.of("", "", "", "log", "scale", "*", "log/x", "/", "exec");
  static final List<String> NAMES =
      List.of("", "", "n", "m", "*", "n/m", "N", "%", "\u00e9", "x", "y");
  static final List<String> URLS =
      List.of(
          "*",
          "**",
          "",
          "/",
          "/*",
          "/healthz",
          "/healthz/*",
          "/healthz*",
          "/a**",
          "/a*b",
          "/a/*",
          "/metrics",
          "/apis/*",
          "*a",
          "/caf\u00e9*",
          "/healthz/");
  static final List<String> PATHS =
      List.of(
          "/",
          "",
          "/healthz",
          "/healthz/",
          "/healthz/x",
          "/healthzx",
          "/a",
          "/a*b",
          "/a**",
          "/a/b",
          "/metrics",
          "/apis",
          "/apis/x",
          "*",
          "**",
          "/caf\u00e9/x",
          "a",
          "/*");
  static final List<String> ROLE_NAMES =
      List.of("r1", "r2", "r3", "view", "a/r1", "b/r2", "gone", "", "q\"t", "\u00fcber", "a", "b");
  static final List<String> ROLE_KINDS =
      List.of(
          "ClusterRole",
          "ClusterRole",
          "ClusterRole",
          "Role",
          "Role",
          "Role",
          "clusterrole",
          "",
          "User\"");
  static final List<String> SUBJECT_KINDS =
      List.of(
          "User",
          "User",
          "Group",
          "Group",
          "Group",
          "ServiceAccount",
          "ServiceAccount",
          "user",
          "",
          "Serviceaccount");
  static final List<String> API_GROUPS_OF_SUBJECTS =
      List.of("", "rbac.authorization.k8s.io", "other");

  private final Random random;

  RandomTexts(Random random) {
    this.random = random;
  }

  String one(List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  /** Few texts of a list, with repetitions. */
  List<String> some(List<String> of, int most) {
    int count = random.nextInt(most + 1);
    List<String> texts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      texts.add(one(of));
    }
    return texts;
  }

  /** At least one text of a list most of the time. */
  List<String> mostlySome(List<String> of, int most) {
    return random.nextInt(12) == 0 ? List.of() : withOne(of, most);
  }

  private List<String> withOne(List<String> of, int most) {
    List<String> texts = some(of, most - 1);
    texts.add(one(of));
    return texts;
  }
}

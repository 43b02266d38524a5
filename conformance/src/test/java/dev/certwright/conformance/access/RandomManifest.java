package dev.certwright.conformance.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Roles and bindings that an API server stores, with few words, so that they meet often. */
final class RandomManifest {
  private static final List<String> NAMESPACES = List.of("default", "kube-system", "kube-public");
  private static final List<String> VERBS = List.of("get", "list", "create", "bind", "*", "GET");
  private static final List<String> GROUPS = List.of("", "apps", "*", "x.example");
  private static final List<String> RESOURCES =
      List.of(
          "pods", "pods/log", "*/log", "*", "deployments", "deployments/scale", "*/*", "pods/*");
  private static final List<String> PATHS = List.of("/a", "/a/*", "/a*", "*", "/b/**", "/b/c");
  private static final List<String> USERS = List.of("ann", "bob", "Ann", "a b", "ünï", "\"q\"");

  private final Random random;
  private final StringBuilder text = new StringBuilder();

  private RandomManifest(long seed) {
    random = new Random(seed);
  }

  /** JSON objects, one a line: so many roles and as many bindings, a few of them to no role. */
  static String of(long seed, int count) {
    RandomManifest manifest = new RandomManifest(seed);
    for (int i = 0; i < count; i++) {
      manifest.role(i);
      manifest.binding(i, count);
    }
    return manifest.text.toString();
  }

  private void role(int number) {
    boolean local = random.nextBoolean();
    begin(local ? "Role" : "ClusterRole", local, "random-" + number);
    text.append(",\"rules\":[");
    for (int i = random.nextInt(3); i >= 0; i--) {
      rule(local);
      text.append(i > 0 ? "," : "]}\n");
    }
  }

  private void rule(boolean local) {
    text.append("{\"verbs\":").append(some(VERBS));
    if (!local && random.nextInt(4) == 0) {
      text.append(",\"nonResourceURLs\":").append(some(PATHS)).append('}');
      return;
    }
    text.append(",\"apiGroups\":").append(some(GROUPS));
    text.append(",\"resources\":").append(some(RESOURCES));
    if (random.nextInt(3) == 0) {
      text.append(",\"resourceNames\":").append(some(List.of("x", "y", "*")));
    }
    text.append('}');
  }

  private void binding(int number, int count) {
    boolean local = random.nextInt(3) > 0;
    begin(local ? "RoleBinding" : "ClusterRoleBinding", local, "random-" + number);
    String kind = local && random.nextBoolean() ? "Role" : "ClusterRole";
    text.append(",\"roleRef\":{\"apiGroup\":\"rbac.authorization.k8s.io\",\"kind\":\"");
    text.append(kind).append("\",\"name\":\"random-").append(random.nextInt(count + 5));
    text.append("\"},\"subjects\":[");
    for (int i = random.nextInt(3); i >= 0; i--) {
      subject();
      text.append(i > 0 ? "," : "]}\n");
    }
  }

  private void subject() {
    switch (random.nextInt(3)) {
      case 0 -> {
        text.append("{\"kind\":\"ServiceAccount\",\"name\":\"robot\",\"namespace\":\"");
        text.append(one(NAMESPACES)).append("\"}");
      }
      case 1 -> named("Group", one(List.of("devs", "ops", "system:authenticated")));
      default -> named("User", one(USERS));
    }
  }

  private void named(String kind, String name) {
    text.append("{\"kind\":\"").append(kind);
    text.append("\",\"apiGroup\":\"rbac.authorization.k8s.io\",\"name\":");
    text.append(quoted(name)).append('}');
  }

  private void begin(String kind, boolean local, String name) {
    text.append("{\"apiVersion\":\"rbac.authorization.k8s.io/v1\",\"kind\":\"").append(kind);
    text.append("\",\"metadata\":{\"name\":\"").append(name).append('"');
    if (local) {
      text.append(",\"namespace\":\"").append(one(NAMESPACES)).append('"');
    }
    text.append('}');
  }

  private String some(List<String> of) {
    List<String> some = new ArrayList<>();
    for (int i = random.nextInt(2); i >= 0; i--) {
      some.add(quoted(one(of)));
    }
    return some.toString();
  }

  private static String quoted(String word) {
    return "\"" + word.replace("\"", "\\\"") + "\"";
  }

  private <T> T one(List<T> of) {
    return of.get(random.nextInt(of.size()));
  }
}

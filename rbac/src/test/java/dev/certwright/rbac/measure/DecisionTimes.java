package dev.certwright.rbac.measure;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.Attributes;
import dev.certwright.rbac.ClusterRole;
import dev.certwright.rbac.ClusterRoleBinding;
import dev.certwright.rbac.Policy;
import dev.certwright.rbac.PolicyEditor;
import dev.certwright.rbac.PolicyRule;
import dev.certwright.rbac.RoleBinding;
import dev.certwright.rbac.RoleRef;
import dev.certwright.rbac.Subject;
import dev.certwright.rbac.lines.CanILines;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Prints how long decisions, changes and lines take and what a binding costs in memory; with the
 * oracle of the conformance module also how long upstream's own authorizer takes for the same
 * questions over the same policy, in turn.
 *
 * <pre>
 *   DecisionTimes [most bindings, 1000000 if left out] [oracle]
 * </pre>
 */
public final class DecisionTimes {
  private static final int ROLES = 50;

  private DecisionTimes() {}

  /** Measures. */
  public static void main(String[] args) throws IOException {
    int most = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
    String oracle = args.length > 1 ? args[1] : "";
    for (int count = 1_000; count <= most; count *= 10) {
      measure(count, true, oracle);
    }
    for (int count = 1_000; count <= most; count *= 10) {
      measure(count, false, oracle);
    }
    crowds();
    lines();
  }

  private static void measure(int count, boolean clusterWide, String oracle) throws IOException {
    Policy policy = policy(count, clusterWide);
    long before = usedMemory();
    long began = System.nanoTime();
    Policy another = policy(count, clusterWide);
    double built = (System.nanoTime() - began) / 1e6;
    long bytes = usedMemory() - before;
    String last = another.toString();
    List<String> groups = groups();
    String namespace = clusterWide ? "ns-0" : "ns-" + count / 2 / 10;
    Identity user = Identity.of("user-" + count / 2, groups);
    Attributes allowed =
        Attributes.ofResource(user, "get", "", "pods").inNamespace(namespace).named("p");
    Attributes denied = allowed.withVerb("delete");
    Attributes[] others = new Attributes[1024];
    for (int i = 0; i < others.length; i++) {
      int number = (int) (i * 7919L % count);
      others[i] =
          allowed
              .askedBy(Identity.of("user-" + number, groups))
              .inNamespace(clusterWide ? "ns-0" : "ns-" + number / 10);
    }
    System.out.printf(
        Locale.ROOT,
        "%-9s %9d bindings: allow %4.0f ns, no opinion %4.0f ns, 1024 users %4.0f ns,"
            + " built %6.0f ms, change %5.1f us, %3d bytes a binding (%s)%n",
        clusterWide ? "cluster" : "namespace",
        count,
        nanos(policy, allowed, true),
        nanos(policy, denied, false),
        nanos(policy, others),
        built,
        change(policy, clusterWide),
        bytes / count,
        last);
    if (!oracle.isEmpty()) {
      double yes = UpstreamTimes.nanos(oracle, policy, List.of(allowed));
      double no = UpstreamTimes.nanos(oracle, policy, List.of(denied));
      System.out.printf(
          Locale.ROOT,
          "  upstream on the same: allow %.0f ns, no opinion %.0f ns, %d bytes a binding%n",
          yes,
          no,
          UpstreamTimes.lastHeapBytes() / count);
    }
  }

  private static List<String> groups() {
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < 19; i++) {
      groups.add("team-" + i);
    }
    groups.add("system:authenticated");
    return groups;
  }

  private static Policy policy(int count, boolean clusterWide) {
    PolicyEditor editor = Policy.EMPTY.edit();
    for (int i = 0; i < ROLES; i++) {
      editor.put(ClusterRole.of("role-" + i, rules(i)));
    }
    for (int i = 0; i < count; i++) {
      RoleRef ref = RoleRef.clusterRole("role-" + i % ROLES);
      Subject subject = Subject.user("user-" + i);
      editor.put(
          clusterWide
              ? ClusterRoleBinding.of("binding-" + i, ref, subject)
              : RoleBinding.of("ns-" + i / 10, "binding-" + i, ref, subject));
    }
    return editor.build();
  }

  private static List<PolicyRule> rules(int number) {
    return List.of(
        PolicyRule.ofResources(
            List.of("get", "list", "watch"),
            List.of("", "apps"),
            List.of("pods", "deployments", "kind-" + number)),
        PolicyRule.ofResources(List.of("create"), List.of("batch"), List.of("jobs")));
  }

  private static double change(Policy start, boolean clusterWide) {
    Policy policy = start;
    long began = 0;
    int rounds = 2_000;
    for (int i = -rounds; i < rounds; i++) {
      if (i == 0) {
        began = System.nanoTime();
      }
      Subject subject = Subject.user("changed-" + i);
      RoleRef ref = RoleRef.clusterRole("role-1");
      policy =
          policy.with(
              clusterWide
                  ? ClusterRoleBinding.of("binding-" + (i + rounds) % 900, ref, subject)
                  : RoleBinding.of("ns-7", "binding-" + (70 + i & 7), ref, subject));
    }
    return (System.nanoTime() - began) / 1e3 / rounds;
  }

  private static double nanos(Policy policy, Attributes asked, boolean allowed) {
    if (policy.decide(asked).isAllowed() != allowed) {
      throw new IllegalStateException("wrong answer to " + asked);
    }
    return nanos(policy, asked);
  }

  private static double nanos(Policy policy, Attributes... asked) {
    double best = Double.MAX_VALUE;
    int allowed = 0;
    for (int round = 0; round < 8; round++) {
      int count = 200_000;
      long began = System.nanoTime();
      for (int i = 0; i < count; i++) {
        allowed += policy.decide(asked[i % asked.length]).isAllowed() ? 1 : 0;
      }
      best = Math.min(best, (double) (System.nanoTime() - began) / count);
    }
    return allowed < 0 ? 0 : best;
  }

  private static void crowds() {
    PolicyEditor editor = Policy.EMPTY.edit();
    for (int i = 0; i < 50_000; i++) {
      editor.put(
          ClusterRole.of(
              "many-" + i,
              List.of(
                  PolicyRule.ofResources(
                          List.of("get", "list"), List.of("group-" + i % 100), List.of("kind"))
                      .withResourceNames(List.of("name-" + i)))));
    }
    long began = System.nanoTime();
    for (int i = 0; i < 50_000; i++) {
      editor.put(
          ClusterRoleBinding.of(
              "many-" + i, RoleRef.clusterRole("many-" + i), Subject.group("team-7")));
    }
    for (int i = 0; i < 10_000; i++) {
      editor.put(
          ClusterRoleBinding.of(
              "all-" + i,
              RoleRef.clusterRole("many-" + (i * 3)),
              Subject.group("system:authenticated")));
    }
    Policy policy = editor.build();
    double built = (System.nanoTime() - began) / 1e6;
    Identity user = Identity.of("somebody", groups());
    Attributes allowed = Attributes.ofResource(user, "get", "group-99", "kind").named("name-49999");
    Attributes denied = allowed.named("name-x");
    Attributes path = Attributes.ofPath(user, "get", "/healthz/x/y/z");
    Policy[] changing = {policy};
    int rounds = 2_000;
    began = System.nanoTime();
    for (int i = 0; i < rounds; i++) {
      changing[0] =
          changing[0].with(
              ClusterRoleBinding.of(
                  "many-7", RoleRef.clusterRole("many-" + i), Subject.group("team-7")));
    }
    double change = (System.nanoTime() - began) / 1e3 / rounds;
    began = System.nanoTime();
    for (int i = 0; i < rounds; i++) {
      changing[0] =
          changing[0].with(
              ClusterRole.of(
                  "many-9",
                  List.of(
                      PolicyRule.ofResources(List.of("get"), List.of("g" + i), List.of("kind")))));
    }
    double roleChange = (System.nanoTime() - began) / 1e3 / rounds;
    System.out.printf(
        Locale.ROOT,
        "a group with 50,000 roles and system:authenticated with 10,000: allow %.0f ns, no opinion"
            + " %.0f ns, path %.0f ns, built %.0f ms, change %.1f us, of a role %.1f us%n",
        nanos(policy, allowed, true),
        nanos(policy, denied, false),
        nanos(policy, path, false),
        built,
        change,
        roleChange);
  }

  private static void lines() throws IOException {
    Policy policy = policy(100_000, true);
    StringBuilder text = new StringBuilder();
    int count = 200_000;
    for (int i = 0; i < count; i++) {
      text.append("{\"id\":").append(i).append(",\"user\":\"user-").append(i % 100_000);
      text.append("\",\"groups\":[\"team-1\",\"team-2\",\"system:authenticated\"],\"verb\":\"");
      text.append(i % 2 == 0 ? "get" : "delete").append("\",\"namespace\":\"ns-1\",");
      text.append("\"apiGroup\":\"\",\"resource\":\"pods\",\"name\":\"p\",");
      text.append("\"isResourceRequest\":true}\n");
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    double best = 0;
    for (int round = 0; round < 8; round++) {
      long began = System.nanoTime();
      new CanILines(() -> policy)
          .run(new ByteArrayInputStream(bytes), OutputStream.nullOutputStream());
      best = Math.max(best, count / ((System.nanoTime() - began) / 1e9));
    }
    System.out.printf(Locale.ROOT, "can-i by lines: %.0f lines a second%n", best);
  }

  private static long usedMemory() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}

package dev.certwright.benchmarks;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.Attributes;
import dev.certwright.rbac.ClusterRole;
import dev.certwright.rbac.ClusterRoleBinding;
import dev.certwright.rbac.Decision;
import dev.certwright.rbac.Policy;
import dev.certwright.rbac.PolicyEditor;
import dev.certwright.rbac.PolicyRule;
import dev.certwright.rbac.RoleRef;
import dev.certwright.rbac.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** One decision for a user with one binding and twenty groups. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Deciding {
  /** How many ClusterRoleBindings there are. */
  @Param({"1000", "100000"})
  public int bindings = 1000;

  private Policy policy = Policy.EMPTY;
  private Attributes get =
      Attributes.ofResource(Identity.of("nobody", List.of()), "get", "", "pods");

  /** Builds the policy. */
  @Setup
  public void prepare() {
    PolicyEditor editor = policy.edit();
    editor.put(
        ClusterRole.of(
            "reader",
            List.of(PolicyRule.ofResources(List.of("get"), List.of(""), List.of("pods")))));
    for (int i = 0; i < bindings; i++) {
      editor.put(
          ClusterRoleBinding.of(
              "binding-" + i, RoleRef.clusterRole("reader"), Subject.user("user-" + i)));
    }
    policy = editor.build();
    List<String> groups = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      groups.add("group-" + i);
    }
    get = get.askedBy(Identity.of("user-" + bindings / 2, groups)).inNamespace("ns");
  }

  /** The binding is found. */
  @Benchmark
  public Decision allowed() {
    return policy.decide(get);
  }

  /** And does not allow it. */
  @Benchmark
  public Decision noOpinion() {
    return policy.decide(get.withVerb("delete"));
  }
}

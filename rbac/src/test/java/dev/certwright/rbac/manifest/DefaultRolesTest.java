package dev.certwright.rbac.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.certwright.identity.Identity;
import dev.certwright.rbac.Attributes;
import dev.certwright.rbac.ClusterRole;
import dev.certwright.rbac.Policy;
import dev.certwright.rbac.RbacException;
import dev.certwright.rbac.RbacObject;
import dev.certwright.rbac.RoleBinding;
import dev.certwright.rbac.RoleRef;
import dev.certwright.rbac.Subject;
import java.util.List;
import org.junit.jupiter.api.Test;

class DefaultRolesTest {
  private static Manifest defaults(String version) {
    ManifestLoader loader = ManifestLoader.strict();
    DefaultRoles.of(version).forEach(loader::addIfAbsent);
    return loader.manifest().orThrow();
  }

  @Test
  void every_version_has_the_core_set_BP_02() {
    for (String version : DefaultRoles.versions()) {
      Policy policy = defaults(version).policy();
      assertThat(policy.clusterRole("cluster-admin")).as(version).isNotNull();
      for (String path : List.of("/healthz", "/version", "/livez")) {
        Identity anonymous = Identity.of("system:anonymous", List.of("system:unauthenticated"));
        assertThat(policy.decide(Attributes.ofPath(anonymous, "get", path)).isAllowed())
            .as(version + " " + path)
            .isTrue();
      }
      Identity somebody = Identity.of("x", List.of("system:authenticated"));
      assertThat(policy.decide(Attributes.ofPath(somebody, "get", "/apis/apps")).isAllowed())
          .isTrue();
      assertThat(policy.decide(Attributes.ofResource(somebody, "list", "", "pods")).isAllowed())
          .isFalse();
    }
    assertThat(DefaultRoles.newest()).isEqualTo("1.37");
  }

  @Test
  void admin_edit_and_view_are_made_of_others_BP_03_to_BP_06() {
    Manifest manifest = defaults("1.37");
    Policy policy =
        manifest
            .policy()
            .with(RoleBinding.of("ns", "b", RoleRef.clusterRole("edit"), Subject.user("edith")))
            .with(RoleBinding.of("ns", "c", RoleRef.clusterRole("view"), Subject.user("victor")));
    ClusterRole admin = policy.clusterRole("admin");
    assertThat(admin).isNotNull();
    assertThat(admin.rules()).hasSizeGreaterThan(20);
    assertThat(manifest.aggregation().changes()).isEmpty();
    Attributes secrets =
        Attributes.ofResource(Identity.of("edith", List.of()), "get", "", "secrets")
            .inNamespace("ns");
    assertThat(policy.decide(secrets).isAllowed()).isTrue();
    assertThat(policy.decide(secrets.askedBy(Identity.of("victor", List.of()))).isAllowed())
        .isFalse();
    assertThat(
            policy
                .decide(
                    Attributes.ofResource(
                            Identity.of("edith", List.of()),
                            "create",
                            "rbac.authorization.k8s.io",
                            "roles")
                        .inNamespace("ns"))
                .isAllowed())
        .isFalse();
  }

  @Test
  void an_object_of_ones_own_keeps_its_place() {
    ManifestLoader loader = ManifestLoader.strict();
    RbacObject own = ClusterRole.of("view", List.of());
    loader.add(own);
    DefaultRoles.of("1.36.3").forEach(loader::addIfAbsent);
    assertThat(loader.manifest().orThrow().objects()).contains(own);
  }

  @Test
  void a_version_that_is_not_there_is_said() {
    assertThat(DefaultRoles.of("v1.34.9")).isEqualTo(DefaultRoles.of("1.34"));
    assertThatExceptionOfType(RbacException.class)
        .isThrownBy(() -> DefaultRoles.of("1.20"))
        .withMessageContaining("1.37");
  }
}

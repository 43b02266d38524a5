package dev.certwright.conformance.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.controlplane.Upstream;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Places;
import dev.certwright.rbac.RbacObject;
import dev.certwright.rbac.generator.Differential;
import dev.certwright.rbac.generator.ObjectJson;
import dev.certwright.rbac.generator.RealPolicies;
import dev.certwright.rbac.manifest.ManifestLoader;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Policies of real projects, which lie outside the repository: {@code -Psuites -Dsuites=DIR}, with
 * a folder {@code rbac} in it.
 */
@Tag("suites")
@ExtendWith(ControlPlaneExtension.class)
class RealPoliciesIT {
  private static final Pattern INVALID =
      Pattern.compile("(\\w+)\\.rbac\\.authorization\\.k8s\\.io \"([^\"]*)\" is invalid");

  private final ControlPlane controlPlane;

  RealPoliciesIT(ControlPlane controlPlane) {
    this.controlPlane = controlPlane;
  }

  private static Path folder() {
    String suites = System.getProperty("suites", "");
    assertThat(suites).as("-Dsuites=DIR names the folder of suites").isNotEmpty();
    Path folder = Path.of(suites).resolve("rbac");
    assertThat(folder).as("-Dsuites=DIR names the folder of suites").isDirectory();
    return folder;
  }

  @Test
  void real_policies_are_decided_as_upstream_decides_them() throws IOException {
    Differential.Result result =
        Differential.runReal(Upstream.built().oracle().toString(), folder(), 20_000, 1);
    System.out.println(result.report());
    assertThat(result.agreed()).as(result.report()).isTrue();
  }

  @Test
  void rules_of_real_subjects_in_real_namespaces_are_listed_as_upstream_lists_them()
      throws IOException {
    Differential.Result result =
        Differential.runRealRules(Upstream.built().oracle().toString(), folder(), 5_000, 1);
    System.out.println(result.report());
    assertThat(result.agreed()).as(result.report()).isTrue();
  }

  /**
   * Some of the files are parts that a generator puts together, and not valid alone: the server
   * must refuse those that Certwright finds fault with, and no other.
   */
  @Test
  void a_real_api_server_takes_the_real_policies_that_certwright_finds_valid() throws IOException {
    List<RbacObject> objects = RealPolicies.read(folder()).objects();
    assertThat(objects).hasSizeGreaterThan(2_500);
    try (ApiServer server = controlPlane.newApiServer().withOwnObjects().start()) {
      Set<String> namespaces = new TreeSet<>();
      List<YamlValue> items = new ArrayList<>();
      List<String> faulty = new ArrayList<>();
      for (RbacObject object : objects) {
        YamlMapping item = ObjectJson.of(object);
        items.add(item);
        namespaces.add(object.namespace());
        ManifestLoader loader = ManifestLoader.strict();
        loader.add("object", ObjectJson.line(item).getBytes(UTF_8));
        if (!loader.manifest().problems().isEmpty()) {
          faulty.add(object.getClass().getSimpleName() + " " + object.name());
        }
      }
      namespaces.removeAll(List.of("", "default", "kube-system", "kube-public"));
      create(server, namespaces.stream().map(RealPoliciesIT::namespace).toList()).expectSuccess();
      List<String> invalid = new ArrayList<>();
      for (String line : create(server, items).err().split("\n", -1)) {
        Matcher matcher = INVALID.matcher(line);
        if (matcher.find()) {
          invalid.add(matcher.group(1) + " " + matcher.group(2));
        } else {
          // The server's own default roles are there before.
          assertThat(line).matches("|.*\\(AlreadyExists\\).*");
        }
      }
      assertThat(invalid).containsExactlyInAnyOrderElementsOf(faulty);
    }
  }

  private static YamlMapping namespace(String name) {
    return YamlMapping.builder()
        .put("apiVersion", "v1")
        .put("kind", "Namespace")
        .put("metadata", YamlMapping.builder().put("name", name).build())
        .build();
  }

  private static Outcome create(ApiServer server, List<? extends YamlValue> items)
      throws IOException {
    Path file = Places.newFolder("end-to-end").resolve("list.json");
    Files.writeString(
        file,
        ObjectJson.line(
            YamlMapping.builder()
                .put("apiVersion", "v1")
                .put("kind", "List")
                .put("items", YamlSequence.of(items))
                .build()));
    return server.kubectl("create", "--validate=false", "-f", file.toString());
  }
}

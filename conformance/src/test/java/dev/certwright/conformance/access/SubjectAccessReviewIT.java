package dev.certwright.conformance.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.cluster.ClusterPolicy;
import dev.certwright.cluster.RbacReader;
import dev.certwright.conformance.access.ReviewClient.Verdict;
import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Places;
import dev.certwright.kubeconfig.EffectiveContext;
import dev.certwright.kubeconfig.KubeconfigReader;
import dev.certwright.rbac.Attributes;
import dev.certwright.rbac.Decision;
import dev.certwright.rbac.Grant;
import dev.certwright.rbac.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The policy of a real API server, read from it, answers thousands of questions as the server's own
 * SubjectAccessReviews answer them, reasons included.
 */
@ExtendWith(ControlPlaneExtension.class)
class SubjectAccessReviewIT {
  private static final int QUESTIONS = 3_000;

  private final ApiServer server;
  private final Path folder = Places.newFolder("access");

  SubjectAccessReviewIT(ControlPlane controlPlane) {
    server = controlPlane.newApiServer().withOwnObjects().start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void random_roles_and_bindings_beside_the_default_ones_decide_alike() throws IOException {
    Path random = folder.resolve("random.jsonl");
    assertThat(apply(Files.writeString(random, RandomManifest.of(7, 150), UTF_8))).isEqualTo(300);
    int allowed = compare(11);
    assertThat(allowed).isGreaterThan(QUESTIONS / 5).isLessThan(QUESTIONS * 4 / 5);
  }

  @Test
  @Tag("suites")
  void real_manifests_decide_alike() {
    Path real = Places.suite("rbac", "kubeflow-manifests.yaml");
    // It refuses some: parts of overlays, and subjects whose namespace an overlay would add.
    assertThat(apply(real)).isGreaterThan(300);
    assertThat(compare(12)).isGreaterThan(QUESTIONS / 10);
  }

  // How many objects the server took.
  private long apply(Path manifest) {
    for (String namespace : NamespacesIn.manifest(manifest)) {
      server.kubectl("create", "namespace", namespace);
    }
    return server
        .kubectl("apply", "--server-side", "--force-conflicts", "-f", manifest.toString())
        .out()
        .lines()
        .count();
  }

  private int compare(long seed) {
    Policy policy = policy();
    PolicyWords words = new PolicyWords(policy, seed);
    List<Attributes> questions = new ArrayList<>();
    for (int i = 0; i < QUESTIONS; i++) {
      questions.add(words.question());
    }
    List<Verdict> verdicts = new ReviewClient(server).ask(questions);
    int allowed = 0;
    for (int i = 0; i < QUESTIONS; i++) {
      Decision decision = policy.decide(questions.get(i));
      Verdict verdict = verdicts.get(i);
      assertThat(decision.isAllowed())
          .as("%s: %s", questions.get(i), verdict)
          .isEqualTo(verdict.allowed());
      if (decision.isAllowed()) {
        allowed++;
        assertThat(reasons(policy, questions.get(i))).contains(decision.reason(), verdict.reason());
      } else if (decision.unresolvedRoles().size() <= 1) {
        assertThat(verdict.reason()).isEqualTo(decision.reason());
      }
    }
    return allowed;
  }

  private Policy policy() {
    ClusterPolicy read =
        new RbacReader(
                dev.certwright.cluster.ApiServer.of(
                    EffectiveContext.of(
                        KubeconfigReader.read(
                            server.administratorKubeconfig().toString(), administrator()),
                        null),
                    Map.of()))
            .readAll();
    assertThat(read.unread()).isEmpty();
    return read.policy();
  }

  private byte[] administrator() {
    try {
      return Files.readAllBytes(server.administratorKubeconfig());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  // Upstream may name any of the rules that allow something; it visits bindings in no order.
  private static Set<String> reasons(Policy policy, Attributes asked) {
    Set<String> reasons = new HashSet<>();
    for (Grant grant : policy.grantsOf(asked.user(), asked.namespace())) {
      Decision alone = Policy.of(List.of(grant.role(), grant.binding())).decide(asked);
      if (alone.isAllowed()) {
        reasons.add(alone.reason());
      }
    }
    return reasons;
  }
}

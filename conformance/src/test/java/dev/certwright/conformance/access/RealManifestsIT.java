package dev.certwright.conformance.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.controlplane.ControlPlaneExtension;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Places;
import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A certificate that {@code issue} made, the manifests of a real project, and two that are asked
 * what it may do: {@code can-i} over the files, and an API server that was given the same files.
 */
@Tag("suites")
@ExtendWith(ControlPlaneExtension.class)
class RealManifestsIT {
  private static final List<String> QUESTIONS =
      List.of(
          "get configmaps default",
          "get configmaps default kubeflow-pipelines-public",
          "get configmaps default kubeflow-trainer-public",
          "get configmaps kubeflow kubeflow-pipelines-public",
          "list clustertrainingruntimes.trainer.kubeflow.org default",
          "delete clustertrainingruntimes.trainer.kubeflow.org default x",
          "get notebooks.kubeflow.org default",
          "delete pods kube-system",
          "create deployments.apps kubeflow",
          "get pods/log default web",
          "get secrets default");

  private final ApiServer server;
  private final Path folder = Places.newFolder("access");
  private final Path manifests = Places.suite("rbac", "kubeflow-manifests.yaml");

  RealManifestsIT(ControlPlane controlPlane) {
    server = controlPlane.newApiServer().withOwnObjects().start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void the_server_confirms_what_the_files_give_a_certificate() {
    for (String namespace : NamespacesIn.manifest(manifests)) {
      server.kubectl("create", "namespace", namespace);
    }
    // It refuses some: parts of overlays, and subjects whose namespace an overlay would add.
    assertThat(
            server
                .kubectl("apply", "--server-side", "--force-conflicts", "-f", manifests.toString())
                .out()
                .lines())
        .hasSizeGreaterThan(300);
    int allowed = 0;
    for (String user : List.of("jane", "user@example.com")) {
      Certwright.in(folder)
          .run(
              "issue",
              user,
              "devs",
              "--ca",
              server.pki().folder().toString(),
              "--server",
              server.url())
          .expectSuccess();
      Path client = folder.resolve("clients").resolve(user);
      for (String question : QUESTIONS) {
        allowed += compare(client, question.split(" ", -1)) ? 1 : 0;
      }
    }
    assertThat(allowed).isBetween(QUESTIONS.size(), QUESTIONS.size() + 4);
  }

  private boolean compare(Path client, String[] question) {
    List<String> words = new ArrayList<>(List.of("can-i", question[0], question[1]));
    words.addAll(List.of(question).subList(3, question.length));
    words.addAll(List.of("-n", question[2], "--as-cert", client.resolve("kubeconfig").toString()));
    words.addAll(List.of("-f", manifests.toString(), "--lenient", "--replace", "--with-defaults"));
    words.addAll(List.of("--explain", "-o", "json"));
    Outcome outcome = Certwright.in(folder).run(words.toArray(new String[0]));
    YamlValue ours = parse(outcome.out());
    YamlValue theirs =
        parse(
            server
                .kubectlAs(client.resolve("kubeconfig"))
                .runWith(review(question), "create", "--validate=false", "-f", "-", "-o", "json")
                .expectSuccess());
    boolean allowed = at(theirs, "status", "allowed") instanceof YamlBoolean flag && flag.value();
    assertThat(outcome.exitCode()).as("%s%n%s", words, outcome).isEqualTo(allowed ? 0 : 1);
    if (allowed) {
      String reason = text(ours, "status", "reason");
      assertThat(reason).startsWith("RBAC: allowed by ");
      // Upstream may name any rule that allows it; who is bound to cluster-admin has several.
      if (!reason.contains("cluster-admin")) {
        assertThat(reason).isEqualTo(text(theirs, "status", "reason"));
      }
      assertThat(text(ours, "explanation", "allowedBy", "binding", "source"))
          .isEqualTo(manifests.toString());
    }
    return allowed;
  }

  private static String review(String[] question) {
    String[] resource = question[1].split("/", 2);
    String[] parts = resource[0].split("\\.", 2);
    return """
        {"apiVersion":"authorization.k8s.io/v1","kind":"SelfSubjectAccessReview","spec":
        {"resourceAttributes":{"verb":"%s","resource":"%s","group":"%s","subresource":"%s",
        "namespace":"%s","name":"%s"}}}
        """
        .formatted(
            question[0],
            parts[0],
            parts.length > 1 ? parts[1] : "",
            resource.length > 1 ? resource[1] : "",
            question[2],
            question.length > 3 ? question[3] : "");
  }

  private static YamlValue parse(String text) {
    return YamlReader.strict().readJson("output", text.getBytes(UTF_8));
  }

  private static @Nullable YamlValue at(YamlValue start, String... path) {
    YamlValue value = start;
    for (String key : path) {
      YamlValue next = value instanceof YamlMapping mapping ? mapping.get(key) : null;
      if (next == null) {
        return null;
      }
      value = next;
    }
    return value;
  }

  private static String text(YamlValue start, String... path) {
    return at(start, path) instanceof YamlString text ? text.value() : "";
  }
}

package dev.certwright.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.server.testing.TestServer;
import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Objects of manifests, read-only, to whom RBAC lets. */
final class SandboxTest {
  private static final String BOUND =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: read-only-users}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: read-only-user}
      subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: brancz}]
      ---
      """;
  private static final String MANIFEST =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: read-only-user}
      rules: [{apiGroups: [''], resources: [pods, namespaces], verbs: [get, list, watch]}]
      ---
      apiVersion: v1
      kind: List
      items:
      - apiVersion: v1
        kind: Pod
        metadata: {name: web, labels: {app: web, tier: "2"}}
        spec: {containers: [{name: web, image: example.com/web}], nodeName: one,
          hostNetwork: true, restartPolicy: Never}
        status: {phase: Running, containerStatuses: [{name: web, ready: true, restartCount: 3}]}
      - apiVersion: v1
        kind: Pod
        metadata: {name: db, namespace: data, labels: {app: db}}
        spec: {containers: [{name: db, image: example.com/db}]}
      ---
      apiVersion: apiextensions.k8s.io/v1
      kind: CustomResourceDefinition
      metadata: {name: boats.example.com}
      spec:
        group: example.com
        scope: Namespaced
        names: {plural: boats, kind: Boat, shortNames: [bt]}
        versions: [{name: v1, served: true, storage: true}]
      ---
      apiVersion: example.com/v1
      kind: Boat
      metadata: {name: dinghy, namespace: data}
      """;

  @TempDir Path folder;
  private TestServer server;
  private TestServer.Client brancz;
  private TestServer.Client root;

  @BeforeEach
  void start() {
    server = TestServer.start(folder, BOUND + MANIFEST);
    brancz = server.user("brancz");
    root = server.user("root", "system:masters");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static YamlMapping json(String text) {
    return (YamlMapping)
        YamlReader.strict().readJson("answer", text.getBytes(StandardCharsets.UTF_8));
  }

  private static String at(YamlMapping object, String... path) {
    YamlValue value = object;
    for (String key : path) {
      value = value instanceof YamlMapping mapping ? mapping.get(key) : null;
    }
    return value instanceof YamlString text
        ? text.value()
        : value == null ? "" : JsonWriter.compact(value);
  }

  private static List<YamlValue> list(YamlMapping object, String key) {
    return object.get(key) instanceof YamlSequence list ? list.values() : List.of();
  }

  private static List<String> names(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    List<String> names = new ArrayList<>();
    for (YamlValue item : list(json(answer.body()), "items")) {
      names.add(at((YamlMapping) item, "metadata", "name"));
    }
    return names;
  }

  @Test
  void an_object_is_got_with_what_a_server_adds() {
    YamlMapping pod = json(brancz.get("/api/v1/namespaces/default/pods/web").body());
    assertThat(at(pod, "apiVersion") + at(pod, "kind")).isEqualTo("v1Pod");
    assertThat(at(pod, "metadata", "namespace")).isEqualTo("default");
    assertThat(at(pod, "metadata", "uid")).hasSize(36);
    assertThat(at(pod, "metadata", "creationTimestamp")).endsWith("Z");
    assertThat(at(pod, "spec", "nodeName")).isEqualTo("one");
  }

  @Test
  void lists_select_by_namespace_labels_and_fields() {
    assertThat(names(brancz.get("/api/v1/pods"))).containsExactly("db", "web");
    assertThat(names(brancz.get("/api/v1/namespaces/data/pods"))).containsExactly("db");
    for (String selector :
        List.of(
            "app%3Dweb", "app%20in%20(web,x)", "tier", "!no,app!%3Ddb", "tier%3E1", "app==web")) {
      assertThat(names(brancz.get("/api/v1/pods?labelSelector=" + selector)))
          .as(selector)
          .containsExactly("web");
    }
    for (String selector :
        List.of(
            "status.phase%3DRunning",
            "metadata.name%3Dweb",
            "spec.nodeName!%3D",
            "spec.hostNetwork%3Dtrue",
            "spec.restartPolicy!%3DAlways")) {
      assertThat(names(brancz.get("/api/v1/pods?fieldSelector=" + selector)))
          .as(selector)
          .containsExactly("web");
    }
    for (String selector :
        List.of(
            "spec.hostNetwork%3Dfalse",
            "spec.schedulerName%3Ddefault-scheduler,metadata.name!%3Dweb")) {
      assertThat(names(brancz.get("/api/v1/pods?fieldSelector=" + selector)))
          .as("what a cluster would have put there, " + selector)
          .containsExactly("db");
    }
    assertThat(names(brancz.get("/api/v1/namespaces")))
        .containsExactly("data", "default", "kube-node-lease", "kube-public", "kube-system");
    assertThat(brancz.get("/api/v1/pods?fieldSelector=spec.what%3Dx").statusCode()).isEqualTo(400);
    HttpResponse<String> label = brancz.get("/api/v1/pods?labelSelector=a%20in%20(");
    assertThat(label.statusCode()).isEqualTo(400);
    assertThat(label.body()).contains("the labelSelector \\\"a in (\\\" cannot be read");
    HttpResponse<String> field = brancz.get("/api/v1/pods?fieldSelector=a%3Db,c");
    assertThat(field.statusCode()).isEqualTo(400);
    assertThat(field.body()).contains("invalid selector: 'a=b,c'; can't understand 'c'");
  }

  @Test
  void a_list_comes_in_pages_and_an_old_page_is_gone() {
    YamlMapping first = json(brancz.get("/api/v1/pods?limit=1").body());
    assertThat(at(first, "metadata", "remainingItemCount")).isEqualTo("1");
    assertThat(brancz.get("/api/v1/pods?limit=1&fieldSelector=metadata.name!%3Dx").body())
        .as("nobody knows how many are left of a selection")
        .contains("\"continue\":")
        .doesNotContain("remainingItemCount");
    String token = at(first, "metadata", "continue");
    assertThat(names(brancz.get("/api/v1/pods?limit=1&continue=" + token))).containsExactly("web");
    assertThat(brancz.get("/api/v1/pods?continue=nonsense").statusCode()).isEqualTo(400);
    server.manifest(BOUND + MANIFEST + "# changed\n");
    FrontTest.await(() -> brancz.get("/api/v1/pods?limit=1&continue=" + token).statusCode() == 410);
  }

  @Test
  void a_table_has_the_columns_that_kubectl_shows() {
    YamlMapping table =
        json(
            brancz
                .get(
                    "/api/v1/namespaces/default/pods",
                    "Accept",
                    "application/json;as=Table;v=v1;g=meta.k8s.io,application/json")
                .body());
    assertThat(at(table, "kind")).isEqualTo("Table");
    YamlMapping row = (YamlMapping) list(table, "rows").get(0);
    assertThat(at(row, "cells")).startsWith("[\"web\",\"1/1\",\"Running\",3,\"");
    assertThat(at(row, "object", "kind")).isEqualTo("PartialObjectMetadata");
  }

  @Test
  void kinds_of_definitions_are_known() {
    assertThat(names(root.get("/apis/example.com/v1/boats"))).containsExactly("dinghy");
    assertThat(root.get("/apis/example.com/v1").body()).contains("\"shortNames\":[\"bt\"]");
    assertThat(
            root.get(
                    "/apis",
                    "Accept",
                    "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList")
                .body())
        .contains("\"kind\":\"APIGroupDiscoveryList\"", "\"resource\":\"boats\"");
  }

  @Test
  void aggregated_discovery_is_not_sent_again_to_who_has_it() {
    String accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList";
    String tag = root.get("/api", "Accept", accept).headers().firstValue("etag").orElseThrow();
    assertThat(root.get("/api", "Accept", accept, "If-None-Match", tag).statusCode())
        .isEqualTo(304);
  }

  @Test
  void a_write_is_405_if_it_is_authorized_and_403_if_not() {
    String pod = "/api/v1/namespaces/default/pods/web";
    for (String method : List.of("DELETE", "PUT", "PATCH")) {
      assertThat(root.send(method, pod, "{}").statusCode()).as(method).isEqualTo(405);
      assertThat(brancz.send(method, pod, "{}").statusCode()).as(method).isEqualTo(403);
    }
    assertThat(root.send("DELETE", pod, null).body())
        .contains("read-only sandbox: what was asked is authorized, and was not done");
    assertThat(brancz.get(pod).statusCode()).isEqualTo(200);
    assertThat(root.send("POST", pod + "/exec?command=ls", "").statusCode()).isEqualTo(405);
    assertThat(root.get(pod + "/log").statusCode()).isEqualTo(405);
    assertThat(root.get(pod + "/nonsense").statusCode()).isEqualTo(404);
    assertThat(root.get(pod + "/status").statusCode()).isEqualTo(200);
    assertThat(root.get("/api/v1/namespaces/default/pods/none").body())
        .contains("pods \\\"none\\\" not found");
    assertThat(root.get("/api/v1/namespaces/default/nodes").statusCode()).isEqualTo(404);
    assertThat(root.get("/api/v1/namespaces/default/namespaces").statusCode()).isEqualTo(404);
    assertThat(root.get("/api/v1/namespaces/%2e%2e").body())
        .contains("Name parameter invalid: \\\"..\\\": may not be '..'");
  }

  @Test
  void a_watch_tells_changes_and_ends_when_its_binding_is_taken_away()
      throws IOException, InterruptedException {
    HttpResponse<InputStream> watch =
        brancz
            .http()
            .send(
                HttpRequest.newBuilder(
                        URI.create(brancz.url() + "/api/v1/pods?watch=1&allowWatchBookmarks=true"))
                    .build(),
                HttpResponse.BodyHandlers.ofInputStream());
    assertThat(watch.statusCode()).isEqualTo(200);
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(watch.body(), StandardCharsets.UTF_8))) {
      assertThat(event(lines)).isEqualTo("ADDED db");
      assertThat(event(lines)).isEqualTo("ADDED web");
      server.manifest(BOUND + MANIFEST.replace("tier: \"2\"", "tier: \"3\""));
      assertThat(event(lines)).isEqualTo("MODIFIED web");
      server.manifest(BOUND + MANIFEST.replace("name: db, namespace: data", "name: new"));
      assertThat(List.of(event(lines), event(lines), event(lines)))
          .containsExactlyInAnyOrder("DELETED db", "ADDED new", "MODIFIED web");
      server.manifest(MANIFEST);
      String line = lines.readLine();
      while (line != null) {
        line = lines.readLine();
      }
      assertThat(brancz.get("/api/v1/pods").statusCode()).isEqualTo(403);
    }
  }

  private static String event(BufferedReader lines) throws IOException {
    YamlMapping event = json(String.valueOf(lines.readLine()));
    return at(event, "type") + " " + at(event, "object", "metadata", "name");
  }

  @Test
  void default_roles_are_objects_too_and_aggregated_ones_are_filled() {
    TestServer.Client root = server.user("root", "system:masters");
    String roles = "/apis/rbac.authorization.k8s.io/v1/clusterroles";
    assertThat(root.get(roles).body())
        .contains("\"name\":\"cluster-admin\"", "\"name\":\"read-only-user\"");
    assertThat(root.get(roles + "/view").body())
        .contains("\"aggregationRule\":{", "\"rules\":[{\"verbs\":[\"get\",\"list\",\"watch\"]");
    assertThat(root.get("/apis/rbac.authorization.k8s.io/v1/namespaces/kube-system/roles").body())
        .contains("\"name\":\"extension-apiserver-authentication-reader\"");
  }

  /** Found among 20,000 random requests: kube-apiserver has no such place. */
  @Test
  void a_namespace_in_a_namespace_is_nowhere() {
    TestServer.Client root = server.user("root", "system:masters");
    assertThat(root.get("/api/v1/namespaces/default").statusCode()).isEqualTo(200);
    for (String path :
        List.of("default/namespaces/default", "default/namespaces/x", "data/namespaces/data")) {
      assertThat(root.get("/api/v1/namespaces/" + path).body())
          .as(path)
          .contains("the server could not find the requested resource");
    }
  }
}

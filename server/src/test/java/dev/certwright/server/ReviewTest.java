package dev.certwright.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.server.testing.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The review API; bodies are those of kube-apiserver 1.37.2, but for its managedFields. */
final class ReviewTest {
  private static final String AUTHORIZATION = "/apis/authorization.k8s.io/v1/";
  private static final String POLICY =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: read-only-user}
      rules: [{apiGroups: [''], resources: [pods], verbs: [get, list]}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: read-only-users}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: read-only-user}
      subjects: [{apiGroup: rbac.authorization.k8s.io, kind: User, name: brancz}]
      """;

  @TempDir static Path folder;
  private static TestServer server;
  private static TestServer.Client root;
  private static TestServer.Client brancz;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder, POLICY);
    root = server.user("root", "system:masters");
    brancz = server.user("brancz");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void expect(HttpResponse<String> answer, int status, String body) {
    assertThat(answer.body().stripTrailing()).isEqualTo(body);
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  private static String refused(int code, String reason, String message, String details) {
    return "{\"kind\":\"Status\",\"apiVersion\":\"v1\",\"metadata\":{},\"status\":\"Failure\","
        + "\"message\":\""
        + message
        + "\",\"reason\":\""
        + reason
        + "\","
        + (details.isEmpty() ? "" : "\"details\":" + details + ",")
        + "\"code\":"
        + code
        + "}";
  }

  @Test
  void a_review_of_an_allowed_subject_tells_the_binding() {
    expect(
        root.post(
            AUTHORIZATION + "subjectaccessreviews",
            "{\"spec\":{\"nope\":1,\"groups\":[],\"user\":\"brancz\",\"extra\":{\"X\":[\"1\"]},"
                + "\"resourceAttributes\":{\"resource\":\"pods\",\"verb\":\"get\"}}}"),
        201,
        "{\"kind\":\"SubjectAccessReview\",\"apiVersion\":\"authorization.k8s.io/v1\","
            + "\"metadata\":{},\"spec\":{\"resourceAttributes\":{\"verb\":\"get\","
            + "\"resource\":\"pods\"},\"user\":\"brancz\",\"extra\":{\"X\":[\"1\"]}},"
            + "\"status\":{\"allowed\":true,\"reason\":\"RBAC: allowed by ClusterRoleBinding"
            + " \\\"read-only-users\\\" of ClusterRole \\\"read-only-user\\\" to User"
            + " \\\"brancz\\\"\"}}");
  }

  @Test
  void selectors_that_cannot_be_read_are_said_and_ignored() {
    assertThat(
            root.post(
                    AUTHORIZATION + "subjectaccessreviews",
                    "{\"spec\":{\"user\":\"a\",\"resourceAttributes\":{\"verb\":\"list\","
                        + "\"fieldSelector\":{\"rawSelector\":\"a\"},"
                        + "\"labelSelector\":{\"rawSelector\":\"a in (\"}}}}")
                .body())
        .contains(
            "\"status\":{\"allowed\":false,\"evaluationError\":\"spec.resourceAttributes."
                + "fieldSelector ignored due to parse error; spec.resourceAttributes.labelSelector"
                + " ignored due to parse error\"}");
  }

  @Test
  void attributes_of_both_kinds_and_nobody_are_invalid_with_causes() {
    expect(
        root.post(
            AUTHORIZATION + "subjectaccessreviews",
            "{\"spec\":{\"resourceAttributes\":{\"verb\":\"get\"},"
                + "\"nonResourceAttributes\":{\"path\":\"/\"}}}"),
        422,
        refused(
            422,
            "Invalid",
            ".authorization.k8s.io \\\"\\\" is invalid: [spec: Invalid value:"
                + " {\\\"Path\\\":\\\"/\\\",\\\"Verb\\\":\\\"\\\"}: exactly one of"
                + " nonResourceAttributes or resourceAttributes must be specified, spec.user:"
                + " Invalid value: \\\"\\\": at least one of user or group must be specified]",
            "{\"group\":\"authorization.k8s.io\",\"causes\":[{\"reason\":\"FieldValueInvalid\","
                + "\"message\":\"Invalid value: {\\\"Path\\\":\\\"/\\\",\\\"Verb\\\":\\\"\\\"}:"
                + " exactly one of nonResourceAttributes or resourceAttributes must be specified\","
                + "\"field\":\"spec\"},{\"reason\":\"FieldValueInvalid\",\"message\":\"Invalid"
                + " value: \\\"\\\": at least one of user or group must be specified\","
                + "\"field\":\"spec.user\"}]}"));
  }

  @Test
  void a_field_of_the_wrong_type_is_bad_in_gos_words() {
    expect(
        root.post(
            AUTHORIZATION + "subjectaccessreviews",
            "{\"spec\":{\"groups\":\"a\",\"resourceAttributes\":{\"verb\":\"list\"}}}"),
        400,
        refused(
            400,
            "BadRequest",
            "SubjectAccessReview in version \\\"v1\\\" cannot be handled as a SubjectAccessReview:"
                + " json: cannot unmarshal string into Go struct field SubjectAccessReviewSpec."
                + "spec.groups of type []string",
            ""));
  }

  @Test
  void a_body_of_no_known_form_is_415_and_an_answer_of_none_406() {
    assertThat(
            root.send(
                    "POST",
                    AUTHORIZATION + "subjectaccessreviews",
                    "x",
                    "Content-Type",
                    "text/plain")
                .statusCode())
        .isEqualTo(415);
    assertThat(
            root.send(
                    "POST",
                    AUTHORIZATION + "selfsubjectrulesreviews",
                    "{\"spec\":{\"namespace\":\"a\"}}",
                    "Accept",
                    "text/plain")
                .statusCode())
        .isEqualTo(406);
  }

  @Test
  void other_methods_are_405_and_other_places_404() {
    assertThat(root.get(AUTHORIZATION + "subjectaccessreviews").statusCode()).isEqualTo(405);
    expect(
        root.send("DELETE", AUTHORIZATION + "subjectaccessreviews/x", null),
        404,
        refused(404, "NotFound", "the server could not find the requested resource", "{}"));
    assertThat(
            root.post(AUTHORIZATION + "namespaces/default/subjectaccessreviews", "{}").statusCode())
        .isEqualTo(404);
    expect(
        root.post("/apis/authorization.k8s.io/v1beta1/selfsubjectaccessreviews", "{}"),
        404,
        refused(404, "NotFound", "the server could not find the requested resource", "{}"));
  }

  @Test
  void a_refusal_in_no_form_that_is_wanted_is_indented_json() {
    HttpResponse<String> answer =
        brancz.send("GET", "/api/v1/secrets", null, "Accept", "image/png");
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body())
        .startsWith("{\n  \"kind\": \"Status\",\n  \"apiVersion\": \"v1\",\n  \"metadata\": {},")
        .endsWith("\n  \"code\": 403\n}");
  }

  @Test
  void a_local_review_is_about_its_own_namespace_alone() {
    String path = AUTHORIZATION + "namespaces/default/localsubjectaccessreviews";
    assertThat(
            root.post(
                    path,
                    "{\"metadata\":{\"namespace\":\"other\"},\"spec\":{\"user\":\"a\","
                        + "\"resourceAttributes\":{\"namespace\":\"other\"}}}")
                .body())
        .contains("does not match the namespace sent on the request");
    assertThat(
            root.post(path, "{\"spec\":{\"user\":\"a\",\"resourceAttributes\":{\"verb\":\"x\"}}}")
                .body())
        .contains("spec.resourceAttributes.namespace: Invalid value: \\\"\\\": must match");
    assertThat(
            root.post(
                    path,
                    "{\"spec\":{\"user\":\"brancz\",\"resourceAttributes\":{\"verb\":\"list\","
                        + "\"resource\":\"pods\",\"namespace\":\"default\"}}}")
                .body())
        .contains("\"metadata\":{\"namespace\":\"default\"}", "\"allowed\":true");
  }

  @Test
  void who_am_i_tells_name_groups_and_credential() {
    HttpResponse<String> answer =
        brancz.post("/apis/authentication.k8s.io/v1/selfsubjectreviews", "{}");
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body())
        .contains(
            "\"userInfo\":{\"username\":\"brancz\",\"groups\":[\"system:authenticated\"],"
                + "\"extra\":{\"authentication.kubernetes.io/credential-id\":[\"X509SHA256=");
  }

  @Test
  void own_rules_are_listed_with_an_empty_spec() {
    HttpResponse<String> answer =
        brancz.post(
            AUTHORIZATION + "selfsubjectrulesreviews", "{\"spec\":{\"namespace\":\"default\"}}");
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.body())
        .contains("\"spec\":{},\"status\":{\"resourceRules\":[{")
        .contains("{\"verbs\":[\"get\",\"list\"],\"apiGroups\":[\"\"],\"resources\":[\"pods\"]}")
        .contains("\"incomplete\":false");
    expect(
        brancz.post(AUTHORIZATION + "selfsubjectrulesreviews", "{}"),
        400,
        refused(400, "BadRequest", "no namespace on request", ""));
  }

  @Test
  void a_subject_access_review_needs_the_right_to_create_it() {
    assertThat(brancz.post(AUTHORIZATION + "subjectaccessreviews", "{}").statusCode())
        .isEqualTo(403);
  }

  @Test
  void protobuf_is_read_and_written() throws IOException, InterruptedException {
    byte[] body =
        java.util.HexFormat.of()
            .parseHex(
                // As kubectl 1.37 sends: {namespace: default, verb: list, resource: pods}
                "6b3873000a320a17617574686f72697a6174696f6e2e6b38732e696f2f7631121753656c6653"
                    + "75626a65637441636365737352657669657712330a060a0012004200121f0a1d0a0764656661"
                    + "756c7412046c6973741a0022002a04706f647332003a001a08080012001a0020001a002200");
    HttpResponse<byte[]> answer =
        brancz
            .http()
            .send(
                java.net.http.HttpRequest.newBuilder(
                        java.net.URI.create(
                            brancz.url() + AUTHORIZATION + "selfsubjectaccessreviews"))
                    .header("Content-Type", "application/vnd.kubernetes.protobuf")
                    .header("Accept", "application/vnd.kubernetes.protobuf,application/json")
                    .POST(java.net.http.HttpRequest.BodyPublishers.ofByteArray(body))
                    .build(),
                HttpResponse.BodyHandlers.ofByteArray());
    assertThat(answer.statusCode()).isEqualTo(201);
    String text = new String(answer.body(), java.nio.charset.StandardCharsets.ISO_8859_1);
    assertThat(text)
        .startsWith("k8s\0")
        .contains("SelfSubjectAccessReview", "read-only-users")
        // allowed = true
        .contains("\b\001\022");
  }
}

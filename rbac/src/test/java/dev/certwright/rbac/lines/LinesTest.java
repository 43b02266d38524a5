package dev.certwright.rbac.lines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.rbac.ClusterRole;
import dev.certwright.rbac.ClusterRoleBinding;
import dev.certwright.rbac.Policy;
import dev.certwright.rbac.PolicyRule;
import dev.certwright.rbac.RoleRef;
import dev.certwright.rbac.Subject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class LinesTest {
  private static final Policy POLICY =
      Policy.of(
          List.of(
              ClusterRole.of(
                  "r",
                  List.of(
                      PolicyRule.ofResources(List.of("get"), List.of(""), List.of("pods"))
                          .withResourceNames(List.of("\ufffd")),
                      PolicyRule.ofUrls(List.of("get"), List.of("/x")))),
              ClusterRoleBinding.of(
                  "b", RoleRef.clusterRole("r"), Subject.user("\ufffdalice\u2028"))));

  private static String run(QuestionLines lines, String in) {
    return run(lines, in.getBytes(StandardCharsets.UTF_8));
  }

  private static String run(QuestionLines lines, byte[] in) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      lines.run(new ByteArrayInputStream(in), out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static String canI(String in) {
    return run(new CanILines(() -> POLICY), in);
  }

  @Test
  void questions_are_answered_in_order_with_their_ids() {
    assertThat(
            canI(
                """
                {"id":1,"user":"x","verb":"get","path":"/x"}

                {"id":"zw\\u00f6lf","user":"\\ud800alice\\u2028","verb":"get","path":"/x","comment":{"a":[]}}
                {"user":"x","groups":["system:masters"],"resource":"pods","isResourceRequest":true}
                {"id":1e400,"user":"x"}"""))
        .isEqualTo(
            "{\"id\":1,\"decision\":\"noOpinion\",\"reason\":\"\"}\n"
                + "{\"id\":\"zw\u00f6lf\",\"decision\":\"allow\",\"reason\":\"RBAC: allowed by"
                + " ClusterRoleBinding \\\"b\\\" of ClusterRole \\\"r\\\" to User"
                + " \\\"\ufffdalice\\\\u2028\\\"\"}\n"
                + "{\"decision\":\"allow\",\"reason\":\"\"}\n"
                + "{\"id\":1e400,\"decision\":\"noOpinion\",\"reason\":\"\"}\n");
  }

  @Test
  void a_line_that_is_no_question_is_answered_with_an_error_and_the_next_goes_on() {
    String out =
        canI(
            """
            {"id":7,"user":5}
            {"id":8,"ressource":"pods"}
            []
            {"id":9
            {"id":10,"groups":"dev"}
            {"id":[1]}
            {"id":11} {}
            {"id":12,"verb":"get","isResourceRequest":"yes"}
            {"id":13}""");
    List<String> lines = out.lines().toList();
    assertThat(lines)
        .containsExactly(
            "{\"id\":7,\"error\":\"user: expected a text\"}",
            "{\"id\":8,\"error\":\"unknown field \\\"ressource\\\"\"}",
            "{\"error\":\"expected a JSON object\"}",
            lines.get(3),
            "{\"id\":10,\"error\":\"groups: expected a list of texts\"}",
            "{\"error\":\"id: expected a text or a number\"}",
            "{\"id\":11,\"error\":\"more than one JSON value on the line\"}",
            "{\"id\":12,\"error\":\"isResourceRequest: expected true or false\"}",
            "{\"id\":13,\"decision\":\"noOpinion\",\"reason\":\"\"}");
    assertThat(lines.get(3)).startsWith("{\"id\":9,\"error\":\"no JSON: ");
  }

  @Test
  void counts_tell_answers_from_refusals() throws IOException {
    LineCounts counts =
        new CanILines(() -> POLICY)
            .run(
                new ByteArrayInputStream("{}\n{}\nx\n".getBytes(StandardCharsets.UTF_8)),
                new ByteArrayOutputStream());
    assertThat(counts).isEqualTo(new LineCounts(2, 1));
  }

  @Test
  void bytes_that_are_no_utf8_are_replaced_as_gos_decoder_does() {
    byte[] line =
        "{\"user\":\"?alice\u2028\",\"verb\":\"get\",\"path\":\"/x\"}"
            .getBytes(StandardCharsets.UTF_8);
    line["{\"user\":\"".length()] = (byte) 0xFF;
    assertThat(run(new CanILines(() -> POLICY), line)).contains("\"decision\":\"allow\"");
  }

  @Test
  void null_fields_are_empty_ones() {
    assertThat(
            canI(
                "{\"id\":null,\"user\":null,\"uid\":null,\"groups\":[null],\"extra\":null,"
                    + "\"verb\":null,\"isResourceRequest\":null,\"path\":null}"))
        .isEqualTo("{\"id\":null,\"decision\":\"noOpinion\",\"reason\":\"\"}\n");
    assertThat(canI("{\"extra\":{\"k\":[\"v\"],\"l\":null}}")).contains("noOpinion");
  }

  @Test
  void requests_are_resolved_or_refused_as_the_server_does() {
    assertThat(
            run(
                new RequestInfoLines(),
                """
                {"id":1,"method":"GET","url":"/api/v1/namespaces/n/pods/p%FF/log?x"}
                {"id":2,"method":"GET","url":"/api/v1/watch"}
                {"id":3,"method":"GET","url":"x"}
                """))
        .isEqualTo(
            "{\"id\":1,\"isResourceRequest\":true,\"path\":\"/api/v1/namespaces/n/pods/p\ufffd/log\","
                + "\"verb\":\"get\",\"apiPrefix\":\"api\",\"apiGroup\":\"\",\"apiVersion\":\"v1\","
                + "\"namespace\":\"n\",\"resource\":\"pods\",\"subresource\":\"log\","
                + "\"name\":\"p\ufffd\",\"parts\":[\"pods\",\"p\ufffd\",\"log\"],"
                + "\"fieldSelector\":\"\",\"labelSelector\":\"\"}\n"
                + "{\"id\":2,\"error\":\"unable to determine kind and namespace from url,"
                + " /api/v1/watch\"}\n"
                + "{\"id\":3,\"httpError\":\"parse \\\"x\\\": invalid URI for request\"}\n");
  }

  @Test
  void rules_are_listed_and_want_a_namespace_SR_20() {
    assertThat(
            run(
                new RulesLines(
                    () ->
                        POLICY.with(
                            ClusterRoleBinding.of(
                                "c", RoleRef.clusterRole("gone"), Subject.group("dev")))),
                """
                {"id":1,"user":"\\ufffdalice\\u2028","groups":["dev"],"namespace":"n"}
                {"id":2,"user":"x","namespace":"n"}
                {"id":3,"user":"x"}
                """))
        .isEqualTo(
            "{\"id\":1,\"resourceRules\":[{\"verbs\":[\"get\"],\"apiGroups\":[\"\"],"
                + "\"resources\":[\"pods\"],\"resourceNames\":[\"\ufffd\"]}],"
                + "\"nonResourceRules\":[{\"verbs\":[\"get\"],\"nonResourceURLs\":[\"/x\"]}],"
                + "\"incomplete\":false,\"evaluationError\":\"clusterrole.rbac.authorization.k8s.io"
                + " \\\"gone\\\" not found\"}\n"
                + "{\"id\":2,\"resourceRules\":[],\"nonResourceRules\":[],\"incomplete\":false}\n"
                + "{\"id\":3,\"error\":\"no namespace on request\"}\n");
  }

  @Test
  void lines_longer_than_a_buffer_are_read_whole_and_too_long_ones_refused() {
    String longName = "n".repeat(3_000_000);
    assertThat(canI("{\"id\":1,\"user\":\"" + longName + "\"}\n{\"id\":2}"))
        .isEqualTo(
            "{\"id\":1,\"decision\":\"noOpinion\",\"reason\":\"\"}\n"
                + "{\"id\":2,\"decision\":\"noOpinion\",\"reason\":\"\"}\n");
    String tooLong = "x".repeat(LineReader.LONGEST + 70_000);
    assertThat(canI("{\"id\":1,\"user\":\"" + tooLong + "\"}\n{\"id\":2}\n"))
        .isEqualTo(
            "{\"error\":\"line longer than 16777216 bytes\"}\n"
                + "{\"id\":2,\"decision\":\"noOpinion\",\"reason\":\"\"}\n");
  }

  @Test
  @Timeout(20)
  void an_answer_comes_before_the_next_question_is_sent() throws Exception {
    PipedOutputStream questions = new PipedOutputStream();
    PipedInputStream answers = new PipedInputStream();
    try (InputStream in = new PipedInputStream(questions, 1 << 12);
        PipedOutputStream out = new PipedOutputStream(answers)) {
      Thread thread =
          new Thread(
              () -> {
                try {
                  new CanILines(() -> POLICY).run(in, out);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      thread.start();
      for (int i = 0; i < 3; i++) {
        questions.write("{\"id\":4}\n".getBytes(StandardCharsets.UTF_8));
        questions.flush();
        byte[] answer =
            answers.readNBytes("{\"id\":4,\"decision\":\"noOpinion\",\"reason\":\"\"}\n".length());
        assertThat(new String(answer, StandardCharsets.UTF_8)).contains("noOpinion");
      }
      questions.close();
      thread.join();
    }
  }
}

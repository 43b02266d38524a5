package dev.certwright.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.server.http.FrontLimits;
import dev.certwright.server.testing.Http2Frames;
import dev.certwright.server.testing.TestAuthority;
import dev.certwright.server.testing.TestServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that ask and do not take the answers; others must not notice. */
final class UntakenAnswerTest {
  private static final String EVERYBODY_READS =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: reads}
      rules: [{apiGroups: [''], resources: [configmaps], verbs: [get, list, watch]}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: reads}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reads}
      subjects: [{apiGroup: rbac.authorization.k8s.io, kind: Group, name: 'system:authenticated'}]
      """;
  // SETTINGS_INITIAL_WINDOW_SIZE of 0: no byte of a body may be sent.
  private static final byte[] NO_WINDOW = Http2Frames.frame(4, 0, 0, new byte[] {0, 4, 0, 0, 0, 0});
  private static final int RESET_OR_CLOSED = -1;

  @TempDir Path folder;

  /** A connection on which this was asked many times, and of whose answers no body is taken. */
  private static SSLSocket ask(
      TestServer server, TestAuthority.@Nullable Credential who, String path, int times)
      throws IOException {
    SSLSocket socket = server.connect(who, "h2");
    OutputStream out = socket.getOutputStream();
    out.write(Http2Frames.preface());
    out.write(NO_WINDOW);
    byte[] headers =
        Http2Frames.headers(":method", "GET", ":scheme", "https", ":path", path, ":authority", "x");
    for (int i = 0; i < times; i++) {
      out.write(Http2Frames.request(2 * i + 1, headers));
    }
    out.flush();
    return socket;
  }

  /** Reads until the head of an answer has come, which needs no window; tells on which stream. */
  private static int head(SSLSocket socket) {
    try {
      Http2Frames.Frame frame = Http2Frames.read(socket.getInputStream());
      while (frame.type() != Http2Frames.HEADERS && frame.type() != Http2Frames.RST_STREAM) {
        frame = Http2Frames.read(socket.getInputStream());
      }
      return frame.type() == Http2Frames.HEADERS ? frame.stream() : RESET_OR_CLOSED;
    } catch (IOException closed) {
      return RESET_OR_CLOSED;
    }
  }

  @Test
  void whoever_takes_no_answers_keeps_nobody_else_out() throws IOException {
    try (TestServer server =
            TestServer.start(folder, "", builder -> builder.requestsInFlight(2, 2));
        SSLSocket hostile = ask(server, null, "/healthz", 5)) {
      for (int i = 0; i < 5; i++) {
        assertThat(head(hostile)).isEqualTo(2 * i + 1);
      }
      HttpResponse<String> answer = server.client(null).get("/healthz");
      assertThat(answer.statusCode()).isEqualTo(200);
    }
  }

  private static String largeObjects() {
    StringBuilder objects = new StringBuilder(EVERYBODY_READS);
    for (int i = 0; i < 4; i++) {
      objects
          .append("---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: large-")
          .append(i)
          .append("}\ndata:\n  text: ")
          .append("x".repeat(200_000))
          .append('\n');
    }
    return objects.toString();
  }

  @Test
  void of_more_answers_than_there_is_room_for_the_oldest_untaken_are_cut_off() throws IOException {
    String path = "/api/v1/namespaces/default/configmaps/large-0";
    try (TestServer server =
        TestServer.start(
            folder,
            largeObjects(),
            builder -> builder.limits(FrontLimits.DEFAULT.withAnswers(1 << 20)))) {
      TestAuthority.Credential jane = server.authority().client("jane");
      List<SSLSocket> hostile = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        SSLSocket socket = ask(server, jane, path, 1);
        assertThat(head(socket)).isEqualTo(1);
        hostile.add(socket);
      }
      assertThat(head(hostile.get(0))).isEqualTo(RESET_OR_CLOSED);
      assertThat(head(hostile.get(1))).isEqualTo(RESET_OR_CLOSED);
      HttpResponse<String> taken = server.client(jane).get(path);
      assertThat(taken.statusCode()).isEqualTo(200);
      assertThat(taken.body()).hasSizeGreaterThan(200_000);
      for (SSLSocket socket : hostile) {
        socket.close();
      }
    }
  }

  @Test
  void small_answers_that_nobody_takes_are_bounded_too() throws IOException {
    try (TestServer server =
        TestServer.start(
            folder, "", builder -> builder.limits(FrontLimits.DEFAULT.withAnswers(100_000)))) {
      try (SSLSocket first = ask(server, null, "/healthz", 10)) {
        assertThat(head(first)).isEqualTo(1);
        try (SSLSocket second = ask(server, null, "/healthz", 10)) {
          assertThat(head(second)).isEqualTo(1);
          int last = head(first);
          while (last != RESET_OR_CLOSED) {
            last = head(first);
          }
          assertThat(server.client(null).get("/healthz").statusCode()).isEqualTo(200);
        }
      }
    }
  }

  @Test
  void a_watch_whose_client_takes_nothing_holds_a_little_and_not_all_events() throws IOException {
    try (TestServer server =
            TestServer.start(
                folder,
                largeObjects(),
                builder -> builder.limits(FrontLimits.DEFAULT.withAnswers(500_000)));
        SSLSocket watch =
            ask(
                server,
                server.authority().client("jane"),
                "/api/v1/namespaces/default/configmaps?watch=1",
                3)) {
      // Each holds the first of four events: together they are more than there is room for.
      int streams = 0;
      for (int last = head(watch); last != RESET_OR_CLOSED; last = head(watch)) {
        streams++;
      }
      assertThat(streams).isBetween(1, 3);
      assertThat(server.client(null).get("/healthz").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void a_watch_of_more_than_a_client_takes_at_once_is_told_whole() {
    try (TestServer server = TestServer.start(folder, largeObjects())) {
      String events =
          server
              .user("jane")
              .get("/api/v1/namespaces/default/configmaps?watch=1&timeoutSeconds=1")
              .body();
      assertThat(events.lines().filter(line -> line.contains("\"type\":\"ADDED\""))).hasSize(4);
    }
  }

  @Test
  void very_many_problems_and_very_long_values_make_a_short_refusal() {
    String path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews";
    String start = "{\"spec\":{\"resourceAttributes\":{\"verb\":\"get\",\"resource\":\"pods\"";
    String requirement = "{\"key\":\"!\",\"operator\":\"Exists\"}";
    try (TestServer server = TestServer.start(folder, "")) {
      TestServer.Client jane = server.user("jane");
      HttpResponse<String> many =
          jane.post(
              path,
              start
                  + ",\"labelSelector\":{\"requirements\":["
                  + (requirement + ",").repeat(9_999)
                  + requirement
                  + "]}}}}");
      assertThat(many.statusCode()).isEqualTo(422);
      assertThat(many.body()).contains(", and 9900 more]").hasSizeLessThan(120_000);
      HttpResponse<String> large =
          jane.post(path, start + "}},\"metadata\":{\"name\":\"" + "<".repeat(1 << 20) + "\"}}");
      assertThat(large.statusCode()).isEqualTo(422);
      assertThat(large.body()).contains("characters more)").hasSizeLessThan(200_000);
    }
  }
}

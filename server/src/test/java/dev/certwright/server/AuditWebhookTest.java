package dev.certwright.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.certwright.cluster.ApiServer;
import dev.certwright.kubeconfig.EffectiveContext;
import dev.certwright.kubeconfig.KubeconfigReader;
import dev.certwright.server.testing.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audit events that are posted to another server (rules AU-01 to AU-08). */
final class AuditWebhookTest {
  @TempDir Path folder;

  /** A server that keeps what is posted and answers a status by the number of the post. */
  private static final class Collector implements AutoCloseable {
    final List<String> posts = new CopyOnWriteArrayList<>();
    final CountDownLatch held = new CountDownLatch(1);
    private final HttpServer server;

    Collector(IntUnaryOperator status, boolean hold) throws IOException {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setExecutor(Executors.newCachedThreadPool());
      server.createContext(
          "/",
          exchange -> {
            try (exchange) {
              posts.add(
                  exchange.getRequestURI()
                      + " "
                      + new String(
                          exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
              if (hold) {
                held.await();
              }
              exchange.sendResponseHeaders(status.applyAsInt(posts.size()), -1);
            } catch (InterruptedException interrupted) {
              Thread.currentThread().interrupt();
            }
          });
      server.start();
    }

    ApiServer api() {
      return ApiServer.of(
          EffectiveContext.of(
              KubeconfigReader.read(
                  "test",
                  ("{current-context: x, contexts: [{name: x, context: {cluster: c, user: u}}],"
                          + " clusters: [{name: c, cluster: {server: 'http://127.0.0.1:"
                          + server.getAddress().getPort()
                          + "/audit'}}], users: [{name: u, user: {}}]}")
                      .getBytes(StandardCharsets.UTF_8)),
              null),
          Map.of());
    }

    @Override
    public void close() {
      held.countDown();
      server.stop(0);
    }
  }

  private TestServer start(Collector collector, int buffer, int most, Duration wait) {
    return TestServer.start(
        folder,
        "",
        builder ->
            builder.auditWebhook(
                new AuditWebhookSettings(
                    collector::api, buffer, most, wait, Duration.ofMillis(10))));
  }

  private static void expectMetric(TestServer server, String line) {
    TestServer.Client root = server.user("root", "system:masters");
    FrontTest.await(() -> root.get("/metrics").body().contains(line + "\n"));
  }

  @Test
  void events_are_posted_as_a_list_when_enough_have_come() throws IOException {
    try (Collector collector = new Collector(post -> 200, false);
        TestServer server = start(collector, 100, 3, Duration.ofHours(1))) {
      TestServer.Client jane = server.user("jane");
      for (int i = 0; i < 3; i++) {
        jane.get("/api/v1/namespaces/a/secrets/s" + i);
      }
      FrontTest.await(() -> collector.posts.size() == 1);
      assertThat(collector.posts.get(0))
          .startsWith(
              "/audit {\"kind\":\"EventList\",\"apiVersion\":\"audit.k8s.io/v1\",\"metadata\":{},"
                  + "\"items\":[{\"kind\":\"Event\",\"apiVersion\":\"audit.k8s.io/v1\"")
          .endsWith("}]}")
          .contains("\"name\":\"s0\"", "\"name\":\"s2\"");
      expectMetric(server, "apiserver_audit_event_total{plugin=\"webhook\"} 3");
    }
  }

  @Test
  void fewer_are_posted_after_the_wait_and_the_rest_at_the_end() throws IOException {
    try (Collector collector = new Collector(post -> 200, false)) {
      try (TestServer server = start(collector, 100, 50, Duration.ofMillis(50))) {
        server.user("jane").get("/version");
        FrontTest.await(() -> collector.posts.size() == 1);
      }
      try (TestServer server = start(collector, 100, 50, Duration.ofHours(1))) {
        server.user("jane").get("/api/v1/namespaces/a/secrets/last");
      }
      assertThat(collector.posts).hasSize(2);
      assertThat(collector.posts.get(1)).contains("\"name\":\"last\"");
    }
  }

  @Test
  void what_is_refused_for_now_is_posted_again_and_the_rest_is_lost_and_counted()
      throws IOException {
    try (Collector collector =
            new Collector(post -> post == 1 ? 503 : post == 2 ? 200 : 400, false);
        TestServer server = start(collector, 100, 1, Duration.ofHours(1))) {
      server.user("jane").get("/version");
      FrontTest.await(() -> collector.posts.size() == 2);
      assertThat(collector.posts.get(0)).isEqualTo(collector.posts.get(1));
      server.user("jane").get("/version");
      FrontTest.await(() -> collector.posts.size() == 3);
      TestServer.Client root = server.user("root", "system:masters");
      FrontTest.await(
          () ->
              root.get("/metrics")
                  .body()
                  .lines()
                  .anyMatch(
                      line ->
                          line.startsWith("apiserver_audit_error_total{plugin=\"webhook\"} ")
                              && !line.endsWith(" 0")));
    }
  }

  @Test
  void a_webhook_that_does_not_answer_holds_up_nobody_and_the_buffer_is_bounded()
      throws IOException {
    try (Collector collector = new Collector(post -> 200, true);
        TestServer server = start(collector, 5, 1, Duration.ofHours(1))) {
      TestServer.Client jane = server.user("jane");
      for (int i = 0; i < 20; i++) {
        assertThat(jane.get("/version").statusCode()).isEqualTo(200);
      }
      // One is under way, five wait; who looks is told of as well.
      TestServer.Client root = server.user("root", "system:masters");
      FrontTest.await(
          () ->
              root.get("/metrics")
                  .body()
                  .lines()
                  .anyMatch(
                      line ->
                          line.matches(
                              "apiserver_audit_error_total\\{plugin=\"webhook\"\\} 1[4-9]")));
      collector.held.countDown();
    }
  }
}

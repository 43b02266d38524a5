package dev.certwright.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.server.http.FrontLimits;
import dev.certwright.server.testing.Http2Frames;
import dev.certwright.server.testing.TestAuthority;
import dev.certwright.server.testing.TestServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.SocketException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Connections that take what they can get; the server must be well afterwards. */
final class HostileConnectionTest {
  @TempDir Path folder;

  private static void expectHealthy(TestServer server) {
    assertThat(server.client(null).get("/readyz").body()).isEqualTo("ok");
  }

  private static FrontLimits shortTimes() {
    return FrontLimits.DEFAULT.withTimes(
        Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(300));
  }

  @Test
  void a_head_that_does_not_end_and_a_connection_that_does_nothing_are_closed() throws IOException {
    try (TestServer server =
        TestServer.start(folder, "", builder -> builder.limits(shortTimes()))) {
      for (String begun : List.of("", "GET /healthz HTTP/1.1\r\nX-Slow: ", "G")) {
        try (SSLSocket socket = server.connect(null)) {
          socket.getOutputStream().write(begun.getBytes(US_ASCII));
          socket.getOutputStream().flush();
          assertThat(readAll(socket)).as(begun).isEmpty();
        }
      }
      expectHealthy(server);
    }
  }

  @Test
  void a_body_that_does_not_come_is_given_up() throws IOException {
    try (TestServer server =
        TestServer.start(folder, "", builder -> builder.limits(shortTimes()))) {
      try (SSLSocket socket = server.connect(server.authority().client("jane"))) {
        socket
            .getOutputStream()
            .write(
                ("POST /apis/authentication.k8s.io/v1/selfsubjectreviews HTTP/1.1\r\nHost: x\r\n"
                        + "Content-Length: 100\r\n\r\n{")
                    .getBytes(US_ASCII));
        socket.getOutputStream().flush();
        assertThat(readAll(socket)).isEmpty();
      }
      expectHealthy(server);
    }
  }

  @ParameterizedTest
  @CsvSource({"100000, X: ", "100000, ''", "20000000, X: "})
  void a_head_without_measure_is_431_and_costs_no_memory(int size, String prefix)
      throws IOException {
    try (TestServer server = TestServer.start(folder, "")) {
      try (SSLSocket socket = server.connect(null)) {
        OutputStream out = socket.getOutputStream();
        out.write((prefix.isEmpty() ? "GET /" : "GET / HTTP/1.1\r\n" + prefix).getBytes(US_ASCII));
        byte[] block = "a".repeat(10_000).getBytes(US_ASCII);
        try {
          for (int sent = 0; sent < size; sent += block.length) {
            out.write(block);
          }
          out.write(" HTTP/1.1\r\n\r\n".getBytes(US_ASCII));
          out.flush();
        } catch (SSLException | SocketException closedBefore) {
          assertThat(closedBefore).isNotNull();
        }
        String answer = readAll(socket);
        assertThat(answer.isEmpty() || answer.startsWith("HTTP/1.1 431")).as(answer).isTrue();
      }
      expectHealthy(server);
    }
  }

  @Test
  void a_body_without_measure_is_413_and_one_of_a_stranger_is_not_read() {
    try (TestServer server = TestServer.start(folder, "")) {
      String body = "{\"a\":\"" + "x".repeat(4 << 20) + "\"}";
      String path = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
      assertThat(server.user("jane").post(path, body).statusCode()).isEqualTo(413);
      String answer =
          server.raw(
              null, "POST " + path + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000000\r\n\r\n{");
      assertThat(answer).startsWith("HTTP/1.1 403").contains("connection: close");
      expectHealthy(server);
    }
  }

  @Test
  void more_connections_than_allowed_are_closed_at_once() throws IOException {
    try (TestServer server =
        TestServer.start(
            folder, "", builder -> builder.limits(FrontLimits.DEFAULT.withConnections(2)))) {
      List<SSLSocket> open = new ArrayList<>();
      for (int i = 0; i < 2; i++) {
        SSLSocket socket = server.connect(null);
        socket.startHandshake();
        open.add(socket);
      }
      try (SSLSocket third = server.connect(null)) {
        boolean refused = false;
        try {
          third.startHandshake();
        } catch (IOException closed) {
          refused = true;
        }
        assertThat(refused).isTrue();
      }
      for (SSLSocket socket : open) {
        socket.close();
      }
      FrontTest.await(() -> server.server().connections() == 0);
      expectHealthy(server);
    }
  }

  @Test
  void streams_that_are_reset_as_fast_as_they_are_opened_end_the_connection() throws IOException {
    try (TestServer server = TestServer.start(folder, "")) {
      try (SSLSocket socket = server.connect(server.authority().client("jane"), "h2")) {
        OutputStream out = socket.getOutputStream();
        out.write(Http2Frames.preface());
        byte[] headers =
            Http2Frames.headers(
                ":method", "GET", ":scheme", "https", ":path", "/healthz", ":authority", "x");
        int sent = 0;
        try {
          for (; sent < 100_000; sent++) {
            int stream = 2 * sent + 1;
            out.write(Http2Frames.request(stream, headers));
            out.write(
                Http2Frames.frame(Http2Frames.RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8}));
          }
          out.flush();
        } catch (SSLException | SocketException closed) {
          assertThat(sent).isLessThan(100_000);
        }
        byte[] answers = readBytes(socket);
        // ENHANCE_YOUR_CALM in a GOAWAY, where the close did not lose it.
        assertThat(sent < 100_000 || contains(answers, new byte[] {0, 0, 0, 11})).isTrue();
      }
      expectHealthy(server);
    }
  }

  private static boolean contains(byte[] all, byte[] part) {
    for (int i = 0; i + part.length <= all.length; i++) {
      if (java.util.Arrays.equals(all, i, i + part.length, part, 0, part.length)) {
        return true;
      }
    }
    return false;
  }

  @ParameterizedTest
  @CsvSource({"TLSv1.2, true", "TLSv1.3, true", "TLSv1.2, false", "TLSv1.3, false"})
  void no_session_is_resumed(String protocol, boolean nativeLibrary) throws Exception {
    try (TestServer server =
        TestServer.start(
            folder,
            "",
            builder -> {
              dev.certwright.server.tls.TlsSettings tls = builder.build().tls();
              return builder.tls(
                  new dev.certwright.server.tls.TlsSettings(
                      tls.serving(), tls.sni(), tls.minimumVersion(), List.of(), nativeLibrary));
            })) {
      Path certificate = folder.resolve("jane.crt");
      Path key = folder.resolve("jane.key");
      TestAuthority.write(server.authority().client("jane"), certificate, key);
      Path session = folder.resolve("session");
      String first = sClient(server, protocol, certificate, key, "-sess_out", session);
      assertThat(first).contains("HTTP/1.1 200").contains("New, ");
      // Without a session to take along there is nothing to resume.
      if (Files.exists(session)) {
        assertThat(sClient(server, protocol, certificate, key, "-sess_in", session))
            .contains("HTTP/1.1 200")
            .contains("New, ")
            .doesNotContain("Reused, ");
      }
    }
  }

  private String sClient(
      TestServer server, String protocol, Path certificate, Path key, String option, Path session)
      throws IOException, InterruptedException {
    Path request =
        Files.writeString(
            folder.resolve("request"),
            "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    Process openssl =
        new ProcessBuilder(
                "openssl",
                "s_client",
                protocol.equals("TLSv1.2") ? "-tls1_2" : "-tls1_3",
                "-connect",
                "127.0.0.1:" + server.server().address().getPort(),
                "-cert",
                certificate.toString(),
                "-key",
                key.toString(),
                "-ign_eof",
                option,
                session.toString())
            .redirectInput(request.toFile())
            .redirectErrorStream(true)
            .start();
    String output = new String(openssl.getInputStream().readAllBytes(), US_ASCII);
    openssl.waitFor();
    return output;
  }

  @Test
  void a_ca_that_is_taken_away_ends_access_on_open_connections_too() throws IOException {
    try (TestServer server = TestServer.start(folder, "")) {
      TestServer.Client jane =
          server.client(server.authority().client("jane"), HttpClient.Version.HTTP_1_1);
      assertThat(jane.get("/version").statusCode()).isEqualTo(200);
      Files.write(folder.resolve("next.crt"), TestAuthority.create("next").pem());
      Files.move(
          folder.resolve("next.crt"),
          folder.resolve("ca.crt"),
          java.nio.file.StandardCopyOption.ATOMIC_MOVE);
      FrontTest.await(() -> jane.get("/version").statusCode() == 401);
    }
  }

  @Test
  void a_serving_certificate_that_changes_is_used_and_half_a_pair_is_not() throws IOException {
    try (TestServer server = TestServer.start(folder, "")) {
      String before = serial(server);
      Path certificate = folder.resolve("new.crt");
      Path key = folder.resolve("new.key");
      server.authority().writeServer(certificate, key, "localhost");
      Files.copy(
          certificate,
          folder.resolve("server.crt"),
          java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      assertThat(serial(server)).isEqualTo(before);
      Files.copy(
          key, folder.resolve("server.key"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      FrontTest.await(() -> !serial(server).equals(before));
    }
  }

  @Test
  void a_serving_certificate_is_used_when_its_key_can_be_read_again() throws IOException {
    try (TestServer server = TestServer.start(folder, "")) {
      String before = serial(server);
      Path key = folder.resolve("server.key");
      Files.move(key, folder.resolve("away.key"));
      server.authority().renewServer(folder.resolve("server.crt"), folder.resolve("away.key"));
      // What is looked after later was: so the certificate was read without its key.
      server.manifest("apiVersion: v1\nkind: Namespace\nmetadata: {name: seen}\n");
      TestServer.Client root = server.user("root", "system:masters");
      FrontTest.await(() -> root.get("/api/v1/namespaces/seen").statusCode() == 200);
      Files.move(folder.resolve("away.key"), key);
      FrontTest.await(() -> !serial(server).equals(before));
    }
  }

  private static String serial(TestServer server) {
    try (SSLSocket socket = server.connect(null)) {
      socket.startHandshake();
      return ((java.security.cert.X509Certificate) socket.getSession().getPeerCertificates()[0])
          .getSerialNumber()
          .toString();
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  private static String readAll(SSLSocket socket) {
    return new String(readBytes(socket), US_ASCII);
  }

  private static byte[] readBytes(SSLSocket socket) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    byte[] buffer = new byte[8192];
    @Nullable IOException cut = null;
    try {
      InputStream in = socket.getInputStream();
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        all.write(buffer, 0, count);
      }
    } catch (IOException closed) {
      cut = closed;
    }
    assertThat(cut instanceof java.net.SocketTimeoutException).isFalse();
    return all.toByteArray();
  }
}

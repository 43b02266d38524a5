package dev.certwright.server;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.server.testing.Http2Frames;
import dev.certwright.server.testing.TestServer;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heads of requests that are none: refused as Go's server refuses them, and no event of ours. */
final class HostileHeadTest {
  private static final int DATA = 0;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int PROTOCOL_ERROR = 1;
  private static final int ENHANCE_YOUR_CALM = 11;
  private static final String[] HEALTHZ = {
    ":method", "GET", ":scheme", "https", ":path", "/healthz", ":authority", "x"
  };

  @TempDir static Path folder;
  private static TestServer server;
  private final Logged logged = new Logged();

  /** All that is logged meanwhile. */
  private static final class Logged extends Handler {
    private final List<LogRecord> records = new CopyOnWriteArrayList<>();

    @Override
    public void publish(LogRecord logRecord) {
      String name = String.valueOf(logRecord.getLoggerName());
      if (name.startsWith("io.netty") || name.startsWith("dev.certwright.server.http")) {
        records.add(logRecord);
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  @BeforeAll
  static void start() {
    server = TestServer.start(folder, "");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void listen() {
    Logger.getLogger("").addHandler(logged);
  }

  @AfterEach
  void nothing_was_logged_and_the_server_is_well() {
    Logger.getLogger("").removeHandler(logged);
    assertThat(logged.records).isEmpty();
    assertThat(server.client(null).get("/readyz").body()).isEqualTo("ok");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ":method GET",
        ":method GET :scheme https",
        ":scheme https :path /healthz",
        ":method GET :path /healthz",
        ":method  :scheme https :path /healthz",
        ":method GET :scheme https :path ",
        ":method GET :scheme ftp :path /healthz",
        ":method G(T :scheme https :path /healthz",
        ":method GET :scheme https :path /a\tb",
        ":method GET :method GET :scheme https :path /healthz",
        ":method GET :scheme https :scheme https :path /healthz",
        ":method GET :scheme https :path /healthz :path /livez",
        ":method GET :scheme https :path /healthz :authority x :authority y",
        ":method GET :scheme https :path /healthz :authority root@x",
        ":method GET :scheme https :path /healthz :authority @x",
        ":method GET :scheme https :path /healthz connection close",
        ":method GET :scheme https :path /healthz connection x-remote-user",
        ":method GET :scheme https :path /healthz keep-alive 5",
        ":method GET :scheme https :path /healthz proxy-connection close",
        ":method GET :scheme https :path /healthz transfer-encoding chunked",
        ":method GET :scheme https :path /healthz upgrade h2c",
        ":method GET :scheme https :path /healthz te gzip",
        ":method GET :scheme https :path /healthz :user root",
        ":method GET :scheme https :path /healthz :status 200",
        ":method GET :scheme https :path /healthz X-Upper x",
        ":method GET :scheme https x-first x :path /healthz",
        ":method CONNECT",
        ":method CONNECT :scheme https :path /healthz :authority x",
        ":method CONNECT :scheme https :path /healthz :authority x :protocol websocket",
        ":status 200",
        "x-alone x",
      })
  void pseudo_headers_that_make_no_request_reset_the_stream_and_the_next_is_answered(String text)
      throws IOException {
    try (SSLSocket socket = server.connect(null, "h2")) {
      OutputStream out = socket.getOutputStream();
      out.write(Http2Frames.preface());
      out.write(Http2Frames.request(1, Http2Frames.headers(text.split(" ", -1))));
      out.write(Http2Frames.request(3, Http2Frames.headers(HEALTHZ)));
      out.flush();
      List<Http2Frames.Frame> frames = readUntilAnswered(socket, 3);
      assertThat(frames)
          .filteredOn(frame -> frame.stream() == 1)
          .singleElement()
          .satisfies(
              frame -> {
                assertThat(frame.type()).isEqualTo(Http2Frames.RST_STREAM);
                assertThat(frame.error()).isEqualTo(PROTOCOL_ERROR);
              });
    }
  }

  private static List<Http2Frames.Frame> readUntilAnswered(SSLSocket socket, int stream)
      throws IOException {
    List<Http2Frames.Frame> frames = new ArrayList<>();
    Http2Frames.Frame last;
    do {
      last = Http2Frames.read(socket.getInputStream());
      frames.add(last);
    } while (last.stream() != stream);
    assertThat(last.type()).isEqualTo(Http2Frames.HEADERS);
    return frames;
  }

  @Test
  void trailers_with_a_pseudo_header_reset_the_stream() throws IOException {
    try (SSLSocket socket = server.connect(server.authority().client("jane"), "h2")) {
      OutputStream out = socket.getOutputStream();
      out.write(Http2Frames.preface());
      byte[] head =
          Http2Frames.headers(
              ":method",
              "POST",
              ":scheme",
              "https",
              ":path",
              "/apis/authentication.k8s.io/v1/selfsubjectreviews");
      out.write(Http2Frames.frame(Http2Frames.HEADERS, 4, 1, head));
      out.write(Http2Frames.request(1, Http2Frames.headers(":path", "/")));
      out.flush();
      Http2Frames.Frame frame;
      do {
        frame = Http2Frames.read(socket.getInputStream());
      } while (frame.stream() != 1);
      assertThat(frame.type()).isEqualTo(Http2Frames.RST_STREAM);
      assertThat(frame.error()).isEqualTo(PROTOCOL_ERROR);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {":method GET", ":method GET :scheme https :path / X-Upper x"})
  void a_connection_that_goes_on_with_malformed_heads_is_ended(String text) throws IOException {
    byte[] headers = Http2Frames.headers(text.split(" ", -1));
    int resets = 0;
    int last = 0;
    try (SSLSocket socket = server.connect(null, "h2")) {
      OutputStream out = socket.getOutputStream();
      out.write(Http2Frames.preface());
      out.flush();
      // One by one, so that the goodbye is not lost in what the server has not read.
      for (int i = 0; i < 1000; i++) {
        out.write(Http2Frames.request(2 * i + 1, headers));
        out.flush();
        Http2Frames.Frame frame;
        do {
          frame = Http2Frames.read(socket.getInputStream());
        } while (frame.stream() == 0 && frame.type() != Http2Frames.GOAWAY);
        if (frame.type() == Http2Frames.GOAWAY) {
          last = frame.error();
          break;
        }
        resets++;
      }
      expectClosed(socket);
    }
    assertThat(last).isEqualTo(ENHANCE_YOUR_CALM);
    assertThat(resets).isBetween(1, 20);
  }

  @ParameterizedTest
  @ValueSource(strings = {":method GET", ":method GET :scheme https :path / X-Upper x"})
  void malformed_heads_all_at_once_end_the_connection_too(String text) throws IOException {
    byte[] headers = Http2Frames.headers(text.split(" ", -1));
    try (SSLSocket socket = server.connect(null, "h2")) {
      OutputStream out = socket.getOutputStream();
      try {
        out.write(Http2Frames.preface());
        for (int i = 0; i < 20_000; i++) {
          out.write(Http2Frames.request(2 * i + 1, headers));
        }
        out.flush();
      } catch (SSLException | SocketException closedBefore) {
        assertThat(closedBefore).isNotNull();
      }
      expectClosed(socket);
    }
  }

  private static void expectClosed(SSLSocket socket) {
    @Nullable IOException end = null;
    try {
      while (end == null) {
        Http2Frames.read(socket.getInputStream());
      }
    } catch (EOFException | SSLException | SocketException closed) {
      end = closed;
    } catch (IOException other) {
      throw new java.io.UncheckedIOException(other);
    }
    assertThat(end).isNotNull();
  }

  @Test
  void requests_after_the_last_one_are_not_answered_and_not_told_of() {
    String answers =
        server.raw(
            null,
            "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
                + "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".repeat(300));
    assertThat(answers.split("HTTP/1.1 200", -1)).hasSize(2);
  }

  @Test
  void requests_of_which_no_answer_is_taken_end_the_connection() throws IOException {
    byte[] many = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n".repeat(1000).getBytes(US_ASCII);
    boolean cut = false;
    try (SSLSocket socket = server.connect(null)) {
      socket.setSoTimeout(30_000);
      for (int i = 0; i < 1000; i++) {
        socket.getOutputStream().write(many);
      }
      // A server that ends the connection may take what is on its way; then its end is read.
      byte[] answers = new byte[1 << 16];
      int count = 0;
      while (count >= 0) {
        count = socket.getInputStream().read(answers);
      }
      cut = true;
    } catch (SSLException | SocketException closed) {
      cut = true;
    }
    assertThat(cut).isTrue();
  }

  /** Go's server reads on for a second (rule U-09); a reset would take the answer with it. */
  @Test
  void a_stranger_who_is_told_to_go_is_read_on_for_a_while_and_then_left() throws IOException {
    try (SSLSocket socket = server.connect(null, "h2")) {
      OutputStream out = socket.getOutputStream();
      out.write(Http2Frames.preface());
      out.write(
          Http2Frames.request(
              1,
              Http2Frames.headers(":method", "GET", ":scheme", "https", ":path", "/api/v1/pods")));
      out.flush();
      Http2Frames.Frame frame;
      do {
        frame = Http2Frames.read(socket.getInputStream());
      } while (frame.type() != Http2Frames.GOAWAY);
      assertThat(frame.error()).isZero();

      out.write(Http2Frames.frame(PING, 0, 0, new byte[8]));
      out.flush();
      assertThat(Http2Frames.read(socket.getInputStream()).type()).isEqualTo(PING);
      expectClosed(socket);
    }
  }

  @Test
  void a_stream_after_goodbye_ends_the_connection() throws IOException {
    try (SSLSocket socket = server.connect(null, "h2")) {
      OutputStream out = socket.getOutputStream();
      out.write(Http2Frames.preface());
      // No window: the answer to the first request keeps the connection open.
      out.write(Http2Frames.frame(SETTINGS, 0, 0, new byte[] {0, 4, 0, 0, 0, 0}));
      out.write(Http2Frames.request(1, Http2Frames.headers(HEALTHZ)));
      byte[] unauthorized =
          Http2Frames.headers(":method", "HEAD", ":scheme", "https", ":path", "/api/v1/pods");
      out.write(Http2Frames.request(3, unauthorized));
      out.flush();
      Http2Frames.Frame frame;
      do {
        frame = Http2Frames.read(socket.getInputStream());
      } while (frame.type() != Http2Frames.GOAWAY);
      out.write(Http2Frames.frame(DATA, 0, 5, new byte[1]));
      out.flush();
      expectClosed(socket);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GET /healthz HTTP/1.1 | 400",
        "GET /healthz HTTP/1.1; Host: a; Host: a | 400",
        "GET /healthz HTTP/1.0; Host: a; Host: b | 400",
        "GET /healthz HTTP/1.1; Host: a b | 400",
        "GET /healthz HTTP/1.1; Host: a/b | 400",
        "GET /healthz HTTP/1.1; Host: user@a | 400",
        "GET /healthz HTTP/9.9; Host: a | 505",
        "GET /healthz HTTP/2.0; Host: a | 505",
        "GET /healthz HTTP/0.9; Host: a | 505",
        "GET /healthz FTP/1.1; Host: a | 400",
        "GET /healthz HTTP/1.10; Host: a | 400",
        "GET /healthz HTTP/1.1; Host: a; Expect: foo | 417",
        "GET /healthz HTTP/1.1; Host: a; Expect: 100-continue | 200",
        "GET /healthz HTTP/1.1; Host: a; Expect: | 200",
        "GET /healthz HTTP/1.1; Host: | 200",
        "GET /healthz HTTP/1.1; Host: [::1%25a]:6443 | 200",
        "GET /healthz HTTP/1.2; Host: a | 200",
        "GET /healthz HTTP/1.0 | 200",
      })
  void a_head_of_http1_is_taken_or_refused_as_by_gos_server(String head, int status) {
    String answer =
        server.raw(
            null, String.join("\r\n", head.split("; ", -1)) + "\r\nConnection: close\r\n\r\n");
    assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
  }

  @Test
  void nothing_after_a_refused_head_is_read_as_a_request() {
    String answers =
        server.raw(null, "GET /healthz HTTP/1.1\r\n\r\nGET /healthz HTTP/1.1\r\nHost: x\r\n\r\n");
    assertThat(answers)
        .startsWith("HTTP/1.1 400 ")
        .contains("connection: close")
        .endsWith("400 Bad Request: missing required Host header")
        .doesNotContain("200");
  }
}

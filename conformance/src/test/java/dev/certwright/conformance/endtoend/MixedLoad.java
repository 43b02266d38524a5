package dev.certwright.conformance.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/**
 * Requests of every kind that a server answers, over HTTP/1.1 and HTTP/2, by certificate and by
 * token; each has the status that it should have, or the load ends.
 */
final class MixedLoad implements AutoCloseable {
  private static final int OF_EACH = 100;
  private static final int AT_ONCE = 50;
  private static final String JSON = "Content-Type: application/json\r\n";
  private static final String PROTOBUF =
      "Content-Type: application/vnd.kubernetes.protobuf\r\n"
          + "Accept: application/vnd.kubernetes.protobuf\r\n";
  private static final String REVIEWS = "/apis/authorization.k8s.io/v1/subjectaccessreviews";
  private static final String ACCESS =
      "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SubjectAccessReview\",\"spec\":{"
          + "\"user\":\"ann\",\"groups\":[\"devs\"],\"resourceAttributes\":{\"verb\":\"list\","
          + "\"resource\":\"pods\"}}}";
  private static final String TOKEN =
      "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"TokenReview\",\"spec\":{\"token\":\"";

  private final RawClient jane;
  private final RawClient nobody;
  private final HttpClient http2;
  private final String url;
  private final Map<String, Long> answers = new TreeMap<>();
  private int sent;

  /**
   * At one server.
   *
   * @param client of a user who may ask everything
   */
  MixedLoad(String url, Path authority, Path client) throws GeneralSecurityException, IOException {
    this.url = url;
    this.jane = new RawClient(url, authority, client);
    this.nobody = RawClient.withoutCertificate(url, authority);
    this.http2 =
        HttpClient.newBuilder()
            .sslContext(RawClient.context(authority, client))
            .version(HttpClient.Version.HTTP_2)
            .build();
  }

  /** Sends some of each kind and waits for the answers. */
  void sendAll() {
    for (int i = 0; i < OF_EACH; i++) {
      sent++;
      String secrets = "/api/v1/namespaces/n" + sent + "/secrets";
      expect("discovery", 200, jane.send("GET", "/apis/authorization.k8s.io/v1", ""));
      expect("refusal", 403, jane.send("GET", secrets, ""));
      expect("review, JSON", 201, jane.send("POST", REVIEWS, JSON, ACCESS));
      expect(
          "review, protobuf", 201, jane.send("POST", REVIEWS, PROTOBUF, protobuf("user-" + sent)));
      expect("webhook", 200, jane.send("POST", "/authorize", JSON, ACCESS));
      expect(
          "token review",
          201,
          jane.send(
              "POST",
              "/apis/authentication.k8s.io/v1/tokenreviews",
              JSON,
              TOKEN + "robots-token\"}}"));
      expect(
          "token webhook, unknown",
          200,
          jane.send("POST", "/authenticate", JSON, TOKEN + "token-" + sent + "\"}}"));
      expect("object", 200, jane.send("GET", "/api/v1/namespaces/default/pods/pod-1", ""));
      expect("token", 403, nobody.send("GET", secrets, "Authorization: Bearer robots-token\r\n"));
      expect(
          "unknown token",
          401,
          nobody.send("GET", secrets, "Authorization: Bearer token-" + sent + "\r\n"));
    }
    List<CompletableFuture<HttpResponse<String>>> reviews = new ArrayList<>();
    List<CompletableFuture<HttpResponse<String>>> lists = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      reviews.add(
          http2.sendAsync(
              request(REVIEWS)
                  .header("Content-Type", "application/json")
                  .POST(HttpRequest.BodyPublishers.ofString(ACCESS))
                  .build(),
              HttpResponse.BodyHandlers.ofString()));
      lists.add(
          http2.sendAsync(
              request("/api/v1/pods?limit=10").build(), HttpResponse.BodyHandlers.ofString()));
    }
    reviews.forEach(one -> expect("review, HTTP/2", 201, one.join().statusCode(), ""));
    lists.forEach(one -> expect("list, HTTP/2", 200, one.join().statusCode(), ""));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url + path));
  }

  private void expect(String kind, int status, RawClient.Answer answer) {
    expect(kind, status, answer.status(), answer.body());
  }

  private void expect(String kind, int expected, int status, String body) {
    if (status != expected) {
      throw new AssertionError(kind + " was answered by " + status + " " + body);
    }
    answers.merge(kind, 1L, Long::sum);
  }

  /** How often each kind was answered. */
  Map<String, Long> kinds() {
    return answers;
  }

  /** How many answers came. */
  long answers() {
    return answers.values().stream().mapToLong(Long::longValue).sum();
  }

  // The same review in Kubernetes' protobuf: kind, then spec with attributes and user.
  private static String protobuf(String user) {
    byte[] type = join(text(1, "authorization.k8s.io/v1"), text(2, "SubjectAccessReview"));
    byte[] attributes = join(text(2, "list"), text(5, "pods"));
    byte[] spec = join(field(1, attributes), text(3, user));
    byte[] envelope = join(field(1, type), field(2, field(2, spec)));
    return "k8s\0" + new String(envelope, ISO_8859_1);
  }

  private static byte[] text(int number, String text) {
    return field(number, text.getBytes(ISO_8859_1));
  }

  // All are shorter than 128 bytes.
  private static byte[] field(int number, byte[] content) {
    return join(new byte[] {(byte) (number << 3 | 2), (byte) content.length}, content);
  }

  private static byte[] join(byte[] one, byte[] other) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(one);
    both.writeBytes(other);
    return both.toByteArray();
  }

  @Override
  public void close() {
    jane.close();
    nobody.close();
  }
}

package dev.certwright.server.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.certwright.server.CertwrightServer;
import dev.certwright.server.ServerSettings;
import dev.certwright.server.policy.ManifestSettings;
import dev.certwright.server.tls.CertificateFiles;
import dev.certwright.x509.Certificate;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/** A server with a CA of its own, in a folder. */
public final class TestServer implements AutoCloseable {
  private final TestAuthority authority;
  private final Path folder;
  private final CertwrightServer server;

  private TestServer(TestAuthority authority, Path folder, CertwrightServer server) {
    this.authority = authority;
    this.folder = folder;
    this.server = server;
  }

  /** With this manifest and the default roles. */
  public static TestServer start(Path folder, String manifest) {
    return start(folder, manifest, builder -> builder);
  }

  /** The same with other settings. */
  public static TestServer start(
      Path folder, String manifest, UnaryOperator<ServerSettings.Builder> change) {
    try {
      TestAuthority authority = TestAuthority.create("test-ca");
      Path certificate = folder.resolve("server.crt");
      Path key = folder.resolve("server.key");
      authority.writeServer(certificate, key, "localhost");
      Path authorities = Files.write(folder.resolve("ca.crt"), authority.pem());
      Path manifests = Files.createDirectories(folder.resolve("manifests"));
      Files.writeString(manifests.resolve("manifest.yaml"), manifest);
      ServerSettings.Builder builder =
          ServerSettings.builder(new CertificateFiles(certificate, key), authorities)
              .version("test")
              .manifests(ManifestSettings.of(List.of(manifests.toString()), "1.37"));
      return new TestServer(
          authority, folder, CertwrightServer.start(change.apply(builder).build(), new byte[0]));
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  /** The CA of clients and of the server. */
  public TestAuthority authority() {
    return authority;
  }

  /** The server. */
  public CertwrightServer server() {
    return server;
  }

  /** Where {@code server.crt}, {@code ca.crt} and {@code manifests/manifest.yaml} lie. */
  public Path folder() {
    return folder;
  }

  /** Replaces the manifest. */
  public void manifest(String text) {
    try {
      Path next = Files.writeString(folder.resolve("next.yaml"), text);
      Files.move(
          next,
          folder.resolve("manifests/manifest.yaml"),
          java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  /** A client over HTTP/2 or HTTP/1.1, with a certificate or without. */
  public Client client(TestAuthority.@Nullable Credential credential, HttpClient.Version version) {
    return new Client(
        HttpClient.newBuilder()
            .sslContext(TestTls.context(authority.certificate(), credential))
            .version(version)
            .connectTimeout(Duration.ofSeconds(30))
            .build(),
        server.url());
  }

  /** A client over HTTP/1.1 that presents further certificates after its own. */
  public Client client(TestAuthority.Credential credential, List<Certificate> further) {
    return new Client(
        HttpClient.newBuilder()
            .sslContext(TestTls.context(authority.certificate(), credential, further))
            .version(HttpClient.Version.HTTP_1_1)
            .build(),
        server.url());
  }

  /** A client over HTTP/2. */
  public Client client(TestAuthority.@Nullable Credential credential) {
    return client(credential, HttpClient.Version.HTTP_2);
  }

  /** A new user of this server over HTTP/2. */
  public Client user(String name, String... groups) {
    return client(authority.client(name, groups));
  }

  /**
   * Sends bytes as they are over HTTP/1.1 and reads all that comes until the server closes.
   *
   * @param request must make the server close: {@code Connection: close}
   */
  public String raw(TestAuthority.@Nullable Credential credential, String request) {
    try (SSLSocket socket = connect(credential)) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  /** A connection over which HTTP/1.1 is spoken. */
  public SSLSocket connect(TestAuthority.@Nullable Credential credential) throws IOException {
    return connect(credential, "http/1.1");
  }

  /** A connection to whoever it is, with no certificate. */
  public SSLSocket connectToAnyServer() throws IOException {
    return (SSLSocket)
        TestTls.trustingAll()
            .getSocketFactory()
            .createSocket(server.address().getAddress(), server.address().getPort());
  }

  /** A connection over which a protocol is spoken. */
  public SSLSocket connect(TestAuthority.@Nullable Credential credential, String protocol)
      throws IOException {
    SSLSocket socket =
        (SSLSocket)
            TestTls.context(authority.certificate(), credential)
                .getSocketFactory()
                .createSocket(server.address().getAddress(), server.address().getPort());
    socket.setSoTimeout(60_000);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setApplicationProtocols(new String[] {protocol});
    socket.setSSLParameters(parameters);
    return socket;
  }

  @Override
  public void close() {
    server.close();
  }

  /** Sends requests. */
  public record Client(HttpClient http, String url) {

    /** GET. */
    public HttpResponse<String> get(String path, String... headers) {
      return send("GET", path, null, headers);
    }

    /** POST of JSON. */
    public HttpResponse<String> post(String path, String body) {
      return send("POST", path, body, "Content-Type", "application/json");
    }

    /** Anything. */
    public HttpResponse<String> send(
        String method, String path, @Nullable String body, String... headers) {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(URI.create(url + path))
              .timeout(Duration.ofSeconds(60))
              .method(
                  method,
                  body == null
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofString(body));
      if (headers.length > 0) {
        request.headers(headers);
      }
      try {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      } catch (IOException failed) {
        throw new java.io.UncheckedIOException(failed);
      } catch (InterruptedException interrupted) {
        throw new IllegalStateException(interrupted);
      }
    }
  }
}

package dev.certwright.conformance.controlplane;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Asks a server, without any credential, whether it is ready. */
final class ReadinessProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final String scheme;
  private final String path;
  private final HttpClient client;

  private ReadinessProbe(String scheme, String path, HttpClient client) {
    this.scheme = scheme;
    this.path = path;
    this.client = client;
  }

  static ReadinessProbe ofEtcd() {
    return new ReadinessProbe("http", "/health", builder().build());
  }

  static ReadinessProbe ofApiServer(Pki pki) {
    return of(pki, "/readyz");
  }

  /** Of a server that shows a certificate of this CA. */
  static ReadinessProbe of(Pki pki, String path) {
    try (var file = Files.newInputStream(pki.authorityFile())) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(file));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return new ReadinessProbe("https", path, builder().sslContext(context).build());
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  // An API server that starts turns HTTP/2 connections away.
  private static HttpClient.Builder builder() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(PATIENCE);
  }

  /** Why it is not ready yet; empty once it is and all that it does at its start is done. */
  String problem(int port) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(scheme + "://127.0.0.1:" + port + path))
            .timeout(PATIENCE)
            .build();
    try {
      HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? "" : "HTTP " + answer.statusCode() + " " + answer.body();
    } catch (IOException notYet) {
      return notYet.toString();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}

package dev.certwright.oidc.provider;

import dev.certwright.x509.chain.TrustAnchors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * Fetches over HTTPS, and over nothing else. An answer has a megabyte and ten seconds, from the
 * first packet to the last byte. Safe for use by several threads, none of which waits.
 */
public final class ProviderClient {
  private static final int BODY_LIMIT = 1 << 20;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final HttpClient http;
  private final Duration limit;

  private ProviderClient(HttpClient http, Duration limit) {
    this.http = http;
    this.limit = limit;
  }

  /**
   * For providers whose servers these CAs vouch for.
   *
   * @param certificateAuthority PEM; empty for those that the platform trusts
   */
  public static ProviderClient trusting(String certificateAuthority) {
    return trusting(certificateAuthority, LIMIT);
  }

  /** The same with another bound of time. */
  static ProviderClient trusting(String certificateAuthority, Duration limit) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(CONNECT_LIMIT.compareTo(limit) < 0 ? CONNECT_LIMIT : limit)
            .followRedirects(HttpClient.Redirect.NORMAL);
    if (!certificateAuthority.isEmpty()) {
      builder.sslContext(context(certificateAuthority));
    }
    return new ProviderClient(builder.build(), limit);
  }

  private static SSLContext context(String certificateAuthority) {
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      CertificateFactory certificates = CertificateFactory.getInstance("X.509");
      int number = 0;
      for (var anchor :
          TrustAnchors.ofPem(certificateAuthority.getBytes(StandardCharsets.UTF_8))
              .certificates()) {
        store.setCertificateEntry(
            "ca-" + number++,
            certificates.generateCertificate(new ByteArrayInputStream(anchor.encoded())));
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(store);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException impossible) {
      throw new IllegalStateException("the CAs were read a moment ago", impossible);
    }
  }

  /**
   * The body at an address; a failure is a {@link ProviderException} or what the network says.
   *
   * @param accessToken a secret that goes into the header; empty for none
   */
  CompletableFuture<byte[]> get(String url, String accessToken) {
    HttpRequest request;
    try {
      URI uri = URI.create(url);
      if (!"https".equals(uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT))
          || uri.getHost() == null) {
        return CompletableFuture.failedFuture(
            new ProviderException("\"" + url + "\" is no address that begins with https://"));
      }
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(uri).timeout(limit).header("Accept", "application/json");
      if (!accessToken.isEmpty()) {
        builder.header("Authorization", "Bearer " + accessToken);
      }
      request = builder.build();
    } catch (IllegalArgumentException malformed) {
      // What is wrong with the header would say the token.
      return CompletableFuture.failedFuture(
          new ProviderException("no request can be made for \"" + url + "\""));
    }
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, information -> new LimitedBody(BODY_LIMIT));
    return answer
        .copy()
        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((unused, failure) -> answer.cancel(true))
        .thenCompose(
            response ->
                response.statusCode() == 200
                    ? CompletableFuture.completedFuture(response.body())
                    : CompletableFuture.failedFuture(
                        new ProviderException(
                            "HTTP status " + response.statusCode() + " from " + url)));
  }
}

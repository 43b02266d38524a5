package dev.certwright.oidc.provider;

import dev.certwright.x509.chain.TrustAnchors;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Fetches over HTTPS, and over nothing else. An answer has a megabyte and ten seconds, from the
 * first packet to the last byte, redirects included. Redirects are followed here and not by the
 * platform, which before Java 19 hands a secret in the header on to whatever host it is sent to.
 * Safe for use by several threads, none of which waits.
 */
public final class ProviderClient {
  private static final int BODY_LIMIT = 1 << 20;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofSeconds(10);
  // As Go's client follows them.
  private static final int MOST_REDIRECTS = 10;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

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
            .followRedirects(HttpClient.Redirect.NEVER);
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
    URI uri;
    try {
      uri = new URI(url);
    } catch (URISyntaxException malformed) {
      return failed("no request can be made for \"" + url + "\"");
    }
    Fetching fetching = new Fetching(uri, accessToken);
    return fetching
        .from(uri, 0)
        .orTimeout(limit.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((unused, failure) -> fetching.end());
  }

  /** One fetching, over all its redirects. */
  private final class Fetching {
    private final URI first;
    // Touched by one request after another, each on whatever thread its answer came on.
    private volatile String secret;
    private boolean ended;
    private @Nullable CompletableFuture<?> current;

    Fetching(URI first, String secret) {
      this.first = first;
      this.secret = secret;
    }

    CompletableFuture<byte[]> from(URI uri, int redirects) {
      if (!"https".equals(uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT))
          || uri.getHost() == null) {
        return failed("\"" + uri + "\" is no address that begins with https://");
      }
      try {
        return send(request(uri))
            .thenCompose(
                response ->
                    response.statusCode() == 200
                        ? CompletableFuture.completedFuture(response.body())
                        : next(uri, response, redirects));
      } catch (IllegalArgumentException malformed) {
        // What is wrong with the header would say the token.
        return failed("no request can be made for \"" + uri + "\"");
      }
    }

    private HttpRequest request(URI uri) {
      HttpRequest.Builder builder =
          HttpRequest.newBuilder(uri).timeout(limit).header("Accept", "application/json");
      if (!mayKnow(first, uri)) {
        secret = "";
      } else if (!secret.isEmpty()) {
        builder.header("Authorization", "Bearer " + secret);
      }
      return builder.build();
    }

    private synchronized CompletableFuture<HttpResponse<byte[]>> send(HttpRequest request) {
      if (ended) {
        return CompletableFuture.failedFuture(new CancellationException());
      }
      CompletableFuture<HttpResponse<byte[]>> answer =
          http.sendAsync(request, information -> new LimitedBody(BODY_LIMIT));
      current = answer;
      return answer.copy();
    }

    private CompletableFuture<byte[]> next(URI uri, HttpResponse<?> response, int redirects) {
      String location = response.headers().firstValue("Location").orElse("");
      if (!REDIRECTS.contains(response.statusCode()) || location.isEmpty()) {
        return failed("HTTP status " + response.statusCode() + " from " + uri);
      } else if (redirects == MOST_REDIRECTS) {
        return failed("stopped after " + MOST_REDIRECTS + " redirects from " + first);
      }
      try {
        return from(uri.resolve(new URI(location)), redirects + 1);
      } catch (URISyntaxException malformed) {
        return failed(uri + " redirects to what is no address");
      }
    }

    synchronized void end() {
      ended = true;
      if (current != null) {
        current.cancel(true);
      }
    }
  }

  // The host that the secret is for, and those below it.
  private static boolean mayKnow(URI first, URI uri) {
    String host = first.getHost() == null ? "" : first.getHost().toLowerCase(Locale.ROOT);
    String other = uri.getHost().toLowerCase(Locale.ROOT);
    return other.equals(host) || other.endsWith("." + host);
  }

  private static CompletableFuture<byte[]> failed(String why) {
    return CompletableFuture.failedFuture(new ProviderException(why));
  }
}

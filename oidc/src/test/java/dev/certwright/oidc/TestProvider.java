package dev.certwright.oidc;

import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.NewAuthority;
import dev.certwright.authority.ServerCertificate;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.SigningKey;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** An identity provider on a free port of loopback. */
public final class TestProvider implements AutoCloseable {
  private static final PortableCryptography CRYPTOGRAPHY = new PortableCryptography();

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CertificateAuthority authority;
  private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
  private final Map<String, String> redirects = new ConcurrentHashMap<>();
  private final Map<String, List<String>> secrets = new ConcurrentHashMap<>();
  private final AtomicInteger keyRequests = new AtomicInteger();
  private volatile CountDownLatch held = new CountDownLatch(0);

  /** Without keys. */
  public TestProvider() {
    authority =
        new NewAuthority("providers", NewAuthority.DEFAULT_LIFETIME)
            .create(
                CRYPTOGRAPHY.generate(KeyType.P_256),
                BigInteger.ONE,
                Instant.now().minus(Duration.ofDays(1)));
    try {
      server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.setHttpsConfigurator(new HttpsConfigurator(context()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (GeneralSecurityException failed) {
      throw new IllegalStateException(failed);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
    answer(
        "/.well-known/openid-configuration",
        "{\"issuer\":\"" + url() + "\",\"jwks_uri\":\"" + url() + "/keys\"}");
  }

  private SSLContext context() throws GeneralSecurityException, IOException {
    SigningKey key = CRYPTOGRAPHY.generate(KeyType.P_256);
    Certificate certificate =
        ServerCertificate.sign(
            authority,
            key.publicKey(),
            List.of("localhost"),
            List.of(InetAddress.getLoopbackAddress()),
            Duration.ofHours(1),
            Instant.now());
    PrivateKey secret =
        KeyFactory.getInstance("EC")
            .generatePrivate(
                new PKCS8EncodedKeySpec(key.exportPrivateKey().encodePrivateKeyPkcs8()));
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setKeyEntry(
        "server",
        secret,
        new char[0],
        new java.security.cert.Certificate[] {
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(certificate.encoded()))
        });
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), null, null);
    return context;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (path.equals("/keys")) {
      keyRequests.incrementAndGet();
      awaitRelease();
    }
    secrets.put(
        exchange.getRequestHeaders().getFirst("Host") + path,
        exchange.getRequestHeaders().getOrDefault("Authorization", List.of()));
    String elsewhere = redirects.get(path);
    if (elsewhere != null) {
      exchange.getResponseHeaders().add("Location", elsewhere);
      exchange.sendResponseHeaders(302, -1);
      exchange.close();
      return;
    }
    byte[] body = answers.get(path);
    try (exchange) {
      exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
      if (body != null) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  /** The issuer. */
  public String url() {
    return "https://localhost:" + server.getAddress().getPort();
  }

  /** Of its TLS certificate, PEM. */
  public String certificateAuthority() {
    return new String(
        PemWriter.write(PemBlock.CERTIFICATE, authority.certificate().encoded()),
        StandardCharsets.US_ASCII);
  }

  /** What it says at a path from now on. */
  public void answer(String path, String body) {
    answers.put(path, body.getBytes(StandardCharsets.UTF_8));
  }

  void redirect(String path, String location) {
    redirects.put(path, location);
  }

  /** The same place under another name. */
  String urlByAddress() {
    return url().replace("localhost", "127.0.0.1");
  }

  /** What the last request to an address said in {@code Authorization}; null if there was none. */
  @Nullable List<String> authorization(String url) {
    return secrets.get(url.substring("https://".length()));
  }

  /** Its keys from now on. */
  public void publish(JWK... keys) {
    answer("/keys", new JWKSet(List.of(keys)).toString(true));
  }

  int keyRequests() {
    return keyRequests.get();
  }

  /** Keys are asked for, and not answered before the latch is down. */
  CountDownLatch hold() {
    CountDownLatch until = new CountDownLatch(1);
    held = until;
    return until;
  }

  private void awaitRelease() {
    try {
      held.await();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}

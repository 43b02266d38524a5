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

/** An identity provider on a free port of loopback. */
final class TestProvider implements AutoCloseable {
  private static final PortableCryptography CRYPTOGRAPHY = new PortableCryptography();

  private final HttpsServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final CertificateAuthority authority;
  private final Map<String, byte[]> answers = new ConcurrentHashMap<>();
  private final AtomicInteger keyRequests = new AtomicInteger();
  private volatile CountDownLatch held = new CountDownLatch(0);

  TestProvider() {
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
    byte[] body = answers.get(path);
    try (exchange) {
      exchange.sendResponseHeaders(body == null ? 404 : 200, body == null ? -1 : body.length);
      if (body != null) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  String url() {
    return "https://localhost:" + server.getAddress().getPort();
  }

  String certificateAuthority() {
    return new String(
        PemWriter.write(PemBlock.CERTIFICATE, authority.certificate().encoded()),
        StandardCharsets.US_ASCII);
  }

  void answer(String path, String body) {
    answers.put(path, body.getBytes(StandardCharsets.UTF_8));
  }

  void publish(JWK... keys) {
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

package dev.certwright.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.NewAuthority;
import dev.certwright.authority.ServerCertificate;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.SigningKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** A server on the loopback interface that answers over TLS what a test wants. */
final class TlsServer implements AutoCloseable {

  /** What is answered. */
  record Answer(int status, String body) {}

  /** What was asked. */
  record Asked(String line, List<String> authorization, List<String> impersonated) {}

  private final HttpsServer server;
  private final CertificateAuthority authority;
  final List<Asked> asked = new CopyOnWriteArrayList<>();

  private TlsServer(HttpsServer server, CertificateAuthority authority) {
    this.server = server;
    this.authority = authority;
  }

  /** Starts one whose certificate has this name and no address. */
  static TlsServer named(String name, Function<String, Answer> answers) {
    return start(List.of(name), List.of(), answers);
  }

  /** Starts one whose certificate has the loopback address. */
  static TlsServer start(Function<String, Answer> answers) {
    return start(List.of("localhost"), List.of(InetAddress.getLoopbackAddress()), answers);
  }

  private static TlsServer start(
      List<String> names, List<InetAddress> addresses, Function<String, Answer> answers) {
    try {
      SigningKey caKey = new PortableCryptography().generate(KeyType.P_256);
      CertificateAuthority authority =
          new NewAuthority("server-ca", Duration.ofDays(1))
              .create(caKey, BigInteger.ONE, Instant.now());
      SigningKey key = new PortableCryptography().generate(KeyType.P_256);
      Certificate own =
          ServerCertificate.sign(
              authority, key.publicKey(), names, addresses, Duration.ofHours(1), Instant.now());
      HttpsServer server =
          HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      SSLContext context = context(key, own);
      server.setHttpsConfigurator(
          new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
              SSLParameters own = context.getDefaultSSLParameters();
              parameters.setSSLParameters(own);
            }
          });
      TlsServer result = new TlsServer(server, authority);
      server.createContext("/", exchange -> result.answer(exchange, answers));
      server.start();
      return result;
    } catch (IOException | GeneralSecurityException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static SSLContext context(SigningKey key, Certificate own)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "own",
        KeyFactory.getInstance("EC")
            .generatePrivate(
                new PKCS8EncodedKeySpec(key.exportPrivateKey().encodePrivateKeyPkcs8())),
        new char[0],
        new java.security.cert.Certificate[] {
          CertificateFactory.getInstance("X.509")
              .generateCertificate(new ByteArrayInputStream(own.encoded()))
        });
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(factory.getKeyManagers(), new TrustManager[0], null);
    return context;
  }

  private void answer(HttpExchange exchange, Function<String, Answer> answers) throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      String line = exchange.getRequestMethod() + " " + exchange.getRequestURI();
      asked.add(
          new Asked(
              line,
              exchange.getRequestHeaders().getOrDefault("Authorization", List.of()),
              exchange.getRequestHeaders().getOrDefault("Impersonate-User", List.of())));
      Answer answer = answers.apply(line);
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      if (answer.status() / 100 == 3) {
        exchange.getResponseHeaders().add("Location", answer.body());
      }
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  /** What was asked, without what came with it. */
  List<String> lines() {
    return asked.stream().map(Asked::line).toList();
  }

  /** The CA of its certificate as a kubeconfig holds it. */
  String authorityData() {
    return Base64.getEncoder()
        .encodeToString(
            dev.certwright.x509.pem.PemWriter.writeAll(
                dev.certwright.x509.pem.PemBlock.CERTIFICATE,
                List.of(authority.certificate().encoded())));
  }

  /** A kubeconfig for it: YAML of the cluster's and the user's further fields. */
  String kubeconfig(String cluster, String user) {
    return """
        current-context: x
        contexts: [{name: x, context: {cluster: c, user: u}}]
        clusters: [{name: c, cluster: {server: 'https://127.0.0.1:%d', %s}}]
        users: [{name: u, user: {%s}}]
        """
        .formatted(port(), cluster, user);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

package dev.certwright.cluster;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
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
import java.security.cert.X509Certificate;
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
import javax.net.ssl.X509TrustManager;

/** A server on the loopback interface that answers over TLS what a test wants. */
final class TlsServer implements AutoCloseable {

  /** What is answered. */
  record Answer(int status, String body) {}

  /** What was asked. */
  record Asked(String line, List<String> authorization, List<String> impersonated) {}

  private final HttpsServer server;
  private final CertificateAuthority authority;
  private final boolean asking;
  final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** How many certificates were shown, where they are asked for. */
  final List<Integer> shown = new CopyOnWriteArrayList<>();

  private TlsServer(HttpsServer server, CertificateAuthority authority, boolean asking) {
    this.asking = asking;
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

  /** One that lets nobody in without a certificate, and names none of their CAs. */
  static TlsServer askingForCertificates(Function<String, Answer> answers) {
    return start(List.of("localhost"), List.of(InetAddress.getLoopbackAddress()), answers, true);
  }

  private static TlsServer start(
      List<String> names, List<InetAddress> addresses, Function<String, Answer> answers) {
    return start(names, addresses, answers, false);
  }

  private static TlsServer start(
      List<String> names,
      List<InetAddress> addresses,
      Function<String, Answer> answers,
      boolean asking) {
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
      SSLContext context = context(key, own, asking);
      server.setHttpsConfigurator(
          new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
              SSLParameters own = context.getDefaultSSLParameters();
              own.setNeedClientAuth(asking);
              parameters.setSSLParameters(own);
            }
          });
      TlsServer result = new TlsServer(server, authority, asking);
      server.createContext("/", exchange -> result.answer(exchange, answers));
      server.start();
      return result;
    } catch (IOException | GeneralSecurityException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static SSLContext context(SigningKey key, Certificate own, boolean asking)
      throws GeneralSecurityException, IOException {
    X509Certificate shown =
        (X509Certificate)
            CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(own.encoded()));
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "own",
        KeyFactory.getInstance("EC")
            .generatePrivate(
                new PKCS8EncodedKeySpec(key.exportPrivateKey().encodePrivateKeyPkcs8())),
        new char[0],
        new java.security.cert.Certificate[] {shown});
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(store, new char[0]);
    SSLContext context = SSLContext.getInstance("TLS");
    TrustManager[] any = asking ? new TrustManager[] {new AnyClient(shown)} : new TrustManager[0];
    context.init(factory.getKeyManagers(), any, null);
    return context;
  }

  /** Believes everybody, and says that only one would be believed. */
  private record AnyClient(X509Certificate named) implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {
      throw new UnsupportedOperationException("no client here");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[] {named};
    }
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
      if (asking) {
        shown.add(((HttpsExchange) exchange).getSSLSession().getPeerCertificates().length);
      }
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

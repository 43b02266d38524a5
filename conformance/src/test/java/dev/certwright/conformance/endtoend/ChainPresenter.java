package dev.certwright.conformance.endtoend;

import dev.certwright.conformance.controlplane.ApiServer;
import dev.certwright.yaml.YamlMapping;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * A client that presents whatever bytes it is given as its certificates, and asks the API server
 * who that is.
 */
final class ChainPresenter {
  private static final int LIMIT_MILLIS = 20_000;

  private static final String BODY =
      "{\"apiVersion\":\"authentication.k8s.io/v1\",\"kind\":\"SelfSubjectReview\"}";
  private static final String REQUEST =
      "POST /apis/authentication.k8s.io/v1/selfsubjectreviews HTTP/1.1\r\n"
          + "Host: localhost\r\nContent-Type: application/json\r\nConnection: close\r\n"
          + "Content-Length: "
          + BODY.length()
          + "\r\n\r\n"
          + BODY;
  private static final String CREDENTIAL_ID = "authentication.kubernetes.io/credential-id";

  private final InetSocketAddress address;
  private final TrustManager[] trust;

  ChainPresenter(ApiServer server) throws IOException, GeneralSecurityException {
    URI url = URI.create(server.url());
    address = new InetSocketAddress(url.getHost(), url.getPort());
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    try (var in = Files.newInputStream(server.pki().authorityFile())) {
      store.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(in));
    }
    TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
    factory.init(store);
    trust = factory.getTrustManagers();
  }

  /**
   * What an API server made of it.
   *
   * @param handshake whether there was one
   * @param status of HTTP, 0 without a handshake
   * @param user whom the server sees, empty unless it answered the review
   */
  record Answer(
      boolean handshake,
      int status,
      String user,
      String uid,
      List<String> groups,
      List<String> credentialIds,
      String body) {

    static Answer noHandshake(IOException why) {
      return new Answer(false, 0, "", "", List.of(), List.of(), String.valueOf(why.getMessage()));
    }

    static Answer of(String response) {
      int status = Integer.parseInt(response.substring(9, 12));
      String body = response.substring(response.indexOf('{'), response.lastIndexOf('}') + 1);
      if (status != 201) {
        return new Answer(true, status, "", "", List.of(), List.of(), body);
      }
      YamlMapping review = Json.parse(body);
      return new Answer(
          true,
          status,
          Json.text(review, "status", "userInfo", "username"),
          Json.text(review, "status", "userInfo", "uid"),
          Json.texts(review, "status", "userInfo", "groups"),
          Json.texts(review, "status", "userInfo", "extra", CREDENTIAL_ID),
          body);
    }
  }

  /**
   * Presents certificates over one version of TLS.
   *
   * @param protocol {@code TLSv1.2} or {@code TLSv1.3}
   * @param presented leaf first, any bytes
   */
  Answer present(String protocol, List<byte[]> presented, PrivateKey key) {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(new KeyManager[] {new PresentedChain(presented, key)}, trust, null);
      try (Socket plain = new Socket()) {
        plain.connect(address, LIMIT_MILLIS);
        plain.setSoTimeout(LIMIT_MILLIS);
        try (SSLSocket socket =
            (SSLSocket) context.getSocketFactory().createSocket(plain, "localhost", 0, true)) {
          socket.setEnabledProtocols(new String[] {protocol});
          return ask(socket);
        }
      }
    } catch (GeneralSecurityException | IOException e) {
      throw new AssertionError("presenting over " + protocol, e);
    }
  }

  /** With TLS 1.3 a client learns of a refused certificate from its first read only. */
  private static Answer ask(SSLSocket socket) throws IOException {
    try {
      socket.startHandshake();
      OutputStream out = socket.getOutputStream();
      out.write(REQUEST.getBytes(StandardCharsets.US_ASCII));
      out.flush();
      byte[] response = socket.getInputStream().readAllBytes();
      if (response.length == 0) {
        return Answer.noHandshake(new IOException("the connection was closed"));
      }
      return Answer.of(new String(response, StandardCharsets.UTF_8));
    } catch (java.net.SocketTimeoutException stuck) {
      throw new UncheckedIOException(stuck);
    } catch (javax.net.ssl.SSLException | java.net.SocketException refused) {
      return Answer.noHandshake(refused);
    }
  }
}

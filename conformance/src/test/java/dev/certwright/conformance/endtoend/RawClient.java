package dev.certwright.conformance.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PrivateKeyReader;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** Sends HTTP/1.1 request lines as they are, which no HTTP client does. */
final class RawClient implements AutoCloseable {
  private final SSLContext context;
  private final URI url;
  private @Nullable SSLSocket socket;
  private @Nullable InputStream in;

  /**
   * For one server.
   *
   * @param client folder with {@code client.crt}, all of which is presented, and {@code client.key}
   */
  RawClient(String url, Path authority, Path client) {
    this.url = URI.create(url);
    try {
      this.context = context(authority, client);
    } catch (GeneralSecurityException | IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  /** For one server, with no certificate. */
  static RawClient withoutCertificate(String url, Path authority) {
    try {
      return new RawClient(url, context(authority, null));
    } catch (GeneralSecurityException | IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private RawClient(String url, SSLContext context) {
    this.url = URI.create(url);
    this.context = context;
  }

  /**
   * What came back.
   *
   * @param headers whole lines, in their order
   */
  record Answer(int status, List<String> headers, String body) {

    /** All values of a header, its name compared without case. */
    List<String> values(String name) {
      String start = name + ":";
      return headers.stream()
          .filter(line -> line.regionMatches(true, 0, start, 0, start.length()))
          .map(line -> line.substring(start.length()).strip())
          .toList();
    }

    @Override
    public String toString() {
      return status + " " + body;
    }
  }

  /** Sends and reads; on a new connection where the old one is closed. */
  Answer send(String method, String target, String headers) {
    return send(method, target, headers, "");
  }

  /**
   * The same with a body.
   *
   * @param headers each with its line end, that of the body's length excepted
   */
  Answer send(String method, String target, String headers, String body) {
    String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
    String request =
        method
            + " "
            + target
            + " HTTP/1.1\r\nHost: localhost\r\n"
            + headers
            + length
            + "\r\n"
            + body;
    for (int attempt = 0; ; attempt++) {
      try {
        return exchange(request.getBytes(ISO_8859_1), method.equals("HEAD"));
      } catch (IOException closed) {
        close();
        if (attempt == 2) {
          throw new UncheckedIOException(method + " " + target, closed);
        }
      }
    }
  }

  private Answer exchange(byte[] request, boolean head) throws IOException {
    if (socket == null) {
      SSLSocket opened =
          (SSLSocket) context.getSocketFactory().createSocket(url.getHost(), url.getPort());
      opened.setSoTimeout(60_000);
      // Else the request waits until the server acknowledges the handshake's end: 40 ms.
      opened.setTcpNoDelay(true);
      socket = opened;
      in = new BufferedInputStream(opened.getInputStream());
    }
    SSLSocket open = socket;
    InputStream from = in;
    if (open == null || from == null) {
      throw new IllegalStateException();
    }
    open.getOutputStream().write(request);
    open.getOutputStream().flush();
    String line = line(from);
    int status = Integer.parseInt(line.substring(9, 12));
    int length = -1;
    boolean chunked = false;
    boolean closing = false;
    List<String> headers = new ArrayList<>();
    for (line = line(from); !line.isEmpty(); line = line(from)) {
      headers.add(line);
      String lower = line.toLowerCase(java.util.Locale.ROOT);
      if (lower.startsWith("content-length:")) {
        length = Integer.parseInt(line.substring(15).strip());
      }
      chunked |= lower.startsWith("transfer-encoding:");
      closing |= lower.equals("connection: close");
    }
    String body = "";
    if (chunked && !head) {
      // A stream or a large answer, which is not compared.
      closing = true;
    } else if (!head && length > 0) {
      body = new String(from.readNBytes(length), ISO_8859_1);
    } else if (!head && length < 0 && closing) {
      body = new String(from.readAllBytes(), ISO_8859_1);
    }
    if (closing) {
      close();
    }
    return new Answer(status, headers, body);
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("the connection ended");
      }
      if (c != '\r') {
        line.write(c);
      }
    }
    return line.toString(ISO_8859_1);
  }

  static SSLContext context(Path authority, @Nullable Path client)
      throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("ca", jca(AuthorityFiles.readCertificates(authority).get(0)));
    TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    if (client == null) {
      context.init(null, trust.getTrustManagers(), null);
      return context;
    }
    PrivateKey key =
        KeyFactory.getInstance("EC")
            .generatePrivate(
                new PKCS8EncodedKeySpec(
                    PrivateKeyReader.read(
                            Files.readAllBytes(client.resolve("client.key")), PasswordSource.NONE)
                        .encodePrivateKeyPkcs8()));
    List<byte[]> presented = new ArrayList<>();
    for (Certificate one : AuthorityFiles.readCertificates(client.resolve("client.crt"))) {
      presented.add(one.encoded());
    }
    PresentedChain chain = new PresentedChain(presented, key);
    context.init(new KeyManager[] {chain}, trust.getTrustManagers(), null);
    return context;
  }

  private static java.security.cert.Certificate jca(Certificate certificate)
      throws GeneralSecurityException {
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(certificate.encoded()));
  }

  @Override
  public void close() {
    try {
      if (socket != null) {
        socket.close();
      }
    } catch (IOException gone) {
      // It is not used any more.
    }
    socket = null;
    in = null;
  }
}

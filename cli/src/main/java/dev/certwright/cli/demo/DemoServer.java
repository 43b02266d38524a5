package dev.certwright.cli.demo;

import dev.certwright.authority.CertificateAuthority;
import dev.certwright.authority.ServerCertificate;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.ExitCode;
import dev.certwright.identity.Identity;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.Oids;
import dev.certwright.x509.SubjectIdentity;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.der.Oid;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.SigningKey;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/**
 * A server on loopback that asks for a client certificate and says whom it sees. It shows the idea
 * of kube-apiserver's answer for one certificate directly under one CA, and is no API server.
 */
final class DemoServer implements AutoCloseable {
  private final SSLServerSocket socket;
  private final Certificate authority;

  private DemoServer(SSLServerSocket socket, Certificate authority) {
    this.socket = socket;
    this.authority = authority;
  }

  static DemoServer start(CertificateAuthority authority) {
    try {
      SigningKey key = new PortableCryptography().generate(KeyType.P_256);
      InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
      Certificate own =
          ServerCertificate.sign(
              authority,
              key.publicKey(),
              List.of("localhost"),
              List.of(loopback),
              Duration.ofHours(1),
              Instant.now());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          TlsMaterial.keyManagers(key.exportPrivateKey(), List.of(own)),
          new TrustManager[] {new AnyClient(TlsMaterial.jca(authority.certificate()))},
          null);
      SSLServerSocket socket =
          (SSLServerSocket) context.getServerSocketFactory().createServerSocket(0, 8, loopback);
      socket.setWantClientAuth(true);
      DemoServer server = new DemoServer(socket, authority.certificate());
      Thread thread = new Thread(server::serve, "demo-server");
      thread.setDaemon(true);
      thread.start();
      return server;
    } catch (GeneralSecurityException | IOException failed) {
      throw new CommandException(
          ExitCode.OUTSIDE, "the demo's server cannot start: " + failed.getMessage(), "");
    }
  }

  String url() {
    return "https://127.0.0.1:" + socket.getLocalPort();
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (SSLSocket connection = (SSLSocket) socket.accept()) {
        connection.setSoTimeout(5000);
        connection.getInputStream().read(new byte[4096]);
        String body = answer(connection);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String status = body.startsWith("Unauthorized") ? "401 Unauthorized" : "200 OK";
        connection
            .getOutputStream()
            .write(
                ("HTTP/1.1 "
                        + status
                        + "\r\nContent-Type: text/plain\r\nContent-Length: "
                        + bytes.length
                        + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        connection.getOutputStream().write(bytes);
        connection.getOutputStream().flush();
      } catch (IOException gone) {
        // A client went away, or the socket was closed and the loop ends.
      }
    }
  }

  private String answer(SSLSocket connection) {
    try {
      Certificate leaf =
          Certificate.of(connection.getSession().getPeerCertificates()[0].getEncoded());
      List<Oid> purposes = leaf.extensions().extendedKeyUsage();
      Identity identity = SubjectIdentity.of(leaf).identity();
      if (leaf.isSignedBy(authority)
          && leaf.validity().contains(Instant.now())
          && (purposes == null || purposes.contains(Oids.CLIENT_AUTH))
          && identity != null) {
        return "you are "
            + identity.name()
            + ", in the groups "
            + String.join(", ", identity.groups())
            + "\n";
      }
      return "Unauthorized (the certificate is not signed by this server's client CA)\n";
    } catch (GeneralSecurityException | IOException | X509Exception none) {
      return "Unauthorized (no client certificate)\n";
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException closedAlready) {
      // Nothing is left to be closed.
    }
  }
}

package dev.certwright.cli.demo;

import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.authority.file.BoundedFile;
import dev.certwright.cli.CommandException;
import dev.certwright.cli.ExitCode;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PrivateKeyReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Presents a client's certificate to the demo's server, which it verifies in turn. */
final class DemoClient {
  private DemoClient() {}

  /** What came back. */
  record Answer(int status, String body) {}

  static Answer get(String url, Certificate serverAuthority, Path client) {
    try {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("ca", TlsMaterial.jca(serverAuthority));
      TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(
          TlsMaterial.keyManagers(
              PrivateKeyReader.read(
                  BoundedFile.read(client.resolve("client.key"), 1 << 20), PasswordSource.NONE),
              AuthorityFiles.readCertificates(client.resolve("client.crt"))),
          trust.getTrustManagers(),
          null);
      URI uri = URI.create(url);
      try (SSLSocket socket =
          (SSLSocket) context.getSocketFactory().createSocket(uri.getHost(), uri.getPort())) {
        socket.setSoTimeout(5000);
        javax.net.ssl.SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket
            .getOutputStream()
            .write(
                "GET /whoami HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
        String answer =
            new String(socket.getInputStream().readNBytes(65536), StandardCharsets.UTF_8);
        int body = answer.indexOf("\r\n\r\n");
        if (!answer.startsWith("HTTP/1.1 ") || body < 0) {
          throw new IOException("an answer that is not HTTP");
        }
        return new Answer(Integer.parseInt(answer.substring(9, 12)), answer.substring(body + 4));
      }
    } catch (GeneralSecurityException | IOException failed) {
      throw new CommandException(
          ExitCode.OUTSIDE, "the demo's server cannot be reached: " + failed.getMessage(), "");
    }
  }
}

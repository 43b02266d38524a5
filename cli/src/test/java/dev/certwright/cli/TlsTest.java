package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.x509.key.KeyType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Servers of openssl and of the JDK demand and verify the certificate that openssl's client
 * presents.
 */
final class TlsTest {
  @TempDir Path folder;

  static Stream<Arguments> typesAndVersions() {
    return Stream.of(KeyType.P_256, KeyType.P_384, KeyType.ED25519, KeyType.RSA_2048)
        .flatMap(type -> Stream.of(Arguments.of(type, "-tls1_2"), Arguments.of(type, "-tls1_3")));
  }

  @ParameterizedTest
  @MethodSource("typesAndVersions")
  void serverOfTheJdkAcceptsTheIssuedClient(KeyType type, String version) throws Exception {
    issueAndMakeServer(type);
    Shell.run(
        folder,
        "openssl",
        "pkcs12",
        "-export",
        "-in",
        "server.crt",
        "-inkey",
        "server.key",
        "-passout",
        "pass:changeit",
        "-out",
        "server.p12");
    KeyStore own = KeyStore.getInstance("PKCS12");
    try (InputStream file = Files.newInputStream(folder.resolve("server.p12"))) {
      own.load(file, "changeit".toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, "changeit".toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    try (InputStream file = Files.newInputStream(folder.resolve("pki/ca.crt"))) {
      trusted.setCertificateEntry(
          "ca", CertificateFactory.getInstance("X.509").generateCertificate(file));
    }
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    try (SSLServerSocket listening =
        (SSLServerSocket)
            context
                .getServerSocketFactory()
                .createServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      listening.setNeedClientAuth(true);
      listening.setEnabledProtocols(
          new String[] {version.equals("-tls1_2") ? "TLSv1.2" : "TLSv1.3"});
      listening.setSoTimeout(60_000);
      Process client =
          new ProcessBuilder(
                  "openssl",
                  "s_client",
                  "-connect",
                  "127.0.0.1:" + listening.getLocalPort(),
                  "-cert",
                  "clients/jane/client.crt",
                  "-key",
                  "clients/jane/client.key",
                  "-quiet",
                  version)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("client.log").toFile())
              .start();
      try (SSLSocket accepted = (SSLSocket) listening.accept()) {
        accepted.setSoTimeout(60_000);
        accepted.startHandshake();
        assertThat(accepted.getSession().getPeerPrincipal().getName()).isEqualTo("CN=jane,O=devs");
      } finally {
        client.destroyForcibly();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("typesAndVersions")
  void opensslServerAcceptsTheIssuedClient(KeyType type, String version) throws IOException {
    issueAndMakeServer(type);
    Process server =
        new ProcessBuilder(
                "openssl",
                "s_server",
                "-accept",
                "127.0.0.1:0",
                "-cert",
                "server.crt",
                "-key",
                "server.key",
                "-CAfile",
                "pki/ca.crt",
                "-Verify",
                "3",
                "-verify_return_error",
                "-www",
                version)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8))) {
      int port = port(lines);
      String answer =
          Shell.run(
              folder,
              "sh",
              "-c",
              "printf 'GET / HTTP/1.0\\r\\n\\r\\n' | openssl s_client -connect 127.0.0.1:"
                  + port
                  + " -cert clients/jane/client.crt -key clients/jane/client.key -quiet"
                  + " -no_ign_eof -ign_eof 2>&1 "
                  + version);

      assertThat(answer).contains("HTTP/1.0 200 ok").contains("CN=jane");
    } finally {
      server.destroyForcibly();
    }
  }

  private void issueAndMakeServer(KeyType type) {
    String ca = folder.resolve("pki").toString();
    Run.certwright("ca", "init", "--ca", ca);
    Run issued =
        Run.certwright(
            "issue",
            "jane",
            "devs",
            "--key-type",
            type.flag(),
            "--ca",
            ca,
            "--out",
            folder.resolve("clients").toString(),
            "-s",
            "https://x");
    assertThat(issued.exitCode()).as(issued.err()).isZero();
    Shell.run(
        folder,
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:prime256v1",
        "-nodes",
        "-keyout",
        "server.key",
        "-out",
        "server.crt",
        "-subj",
        "/CN=localhost");
  }

  private static int port(BufferedReader lines) throws IOException {
    List<String> seen = new java.util.ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      seen.add(line);
      if (line.startsWith("ACCEPT")) {
        return Integer.parseInt(line.substring(line.lastIndexOf(':') + 1).strip());
      }
    }
    throw new AssertionError("openssl s_server did not start: " + seen);
  }
}

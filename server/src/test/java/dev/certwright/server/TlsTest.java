package dev.certwright.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.server.testing.TestServer;
import dev.certwright.server.tls.CertificateFiles;
import dev.certwright.server.tls.TlsSettings;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.function.UnaryOperator;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rules, and certificates by host name. */
final class TlsTest {
  @TempDir Path folder;

  private TestServer start(UnaryOperator<TlsSettings> change) {
    return TestServer.start(
        folder, "", builder -> builder.tls(change.apply(builder.build().tls())));
  }

  @ParameterizedTest
  @CsvSource({"a.example.com, a", "A.EXAMPLE.COM, a", "x.b.example.com, b", "c.example.com, own"})
  void a_host_that_is_named_gets_its_own_certificate(String host, String expected)
      throws IOException {
    Path certificate = folder.resolve("sni.crt");
    Path wildcard = folder.resolve("wildcard.crt");
    try (TestServer plain = TestServer.start(folder, "")) {
      plain.authority().writeServer(certificate, folder.resolve("sni.key"), "a.example.com");
      plain.authority().writeServer(wildcard, folder.resolve("wildcard.key"), "*.b.example.com");
    }
    try (TestServer server =
        start(
            tls ->
                new TlsSettings(
                    tls.serving(),
                    List.of(
                        new CertificateFiles(certificate, folder.resolve("sni.key")),
                        new CertificateFiles(wildcard, folder.resolve("wildcard.key"))),
                    tls.minimumVersion(),
                    List.of(),
                    true))) {
      try (SSLSocket socket = server.connectToAnyServer()) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(host)));
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        X509Certificate shown = (X509Certificate) socket.getSession().getPeerCertificates()[0];
        String names = shown.getSubjectX500Principal() + String.valueOf(alternativeNames(shown));
        assertThat(names)
            .contains(
                switch (expected) {
                  case "a" -> "a.example.com";
                  case "b" -> "*.b.example.com";
                  default -> "localhost";
                });
      }
    }
  }

  private static String alternativeNames(X509Certificate certificate) {
    try {
      return String.valueOf(certificate.getSubjectAlternativeNames());
    } catch (java.security.cert.CertificateParsingException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  @Test
  void where_only_tls_1_3_is_spoken_1_2_is_not() throws IOException {
    try (TestServer server =
        start(
            tls ->
                new TlsSettings(tls.serving(), List.of(), TlsSettings.TLS_1_3, List.of(), true))) {
      try (SSLSocket socket = server.connect(null)) {
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
      }
      try (SSLSocket socket = server.connect(null)) {
        socket.setEnabledProtocols(new String[] {"TLSv1.3"});
        socket.startHandshake();
        assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
      }
    }
  }

  @Test
  void a_serving_pair_that_does_not_belong_together_is_refused_at_the_start() {
    try (TestServer plain = TestServer.start(folder, "")) {
      plain.authority().writeServer(folder.resolve("o.crt"), folder.resolve("o.key"), "o");
    }
    assertThatThrownBy(
            () ->
                start(
                    tls ->
                        TlsSettings.of(
                            new CertificateFiles(
                                folder.resolve("o.crt"), folder.resolve("server.key")))))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("is not that of the first certificate");
  }

  private static X509Certificate shown(TestServer server, String host) {
    try (SSLSocket socket = server.connectToAnyServer()) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setServerNames(List.of(new SNIHostName(host)));
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    } catch (IOException failed) {
      throw new java.io.UncheckedIOException(failed);
    }
  }

  @Test
  void a_certificate_for_a_host_is_read_again_and_stays_while_the_new_one_is_no_good()
      throws IOException {
    Path certificate = folder.resolve("sni.crt");
    Path key = folder.resolve("sni.key");
    try (TestServer plain = TestServer.start(folder, "")) {
      plain.authority().writeServer(certificate, key, "a.example.com");
    }
    try (TestServer server =
        start(
            tls ->
                new TlsSettings(
                    tls.serving(),
                    List.of(new CertificateFiles(certificate, key)),
                    tls.minimumVersion(),
                    List.of(),
                    true))) {
      BigInteger first = shown(server, "a.example.com").getSerialNumber();
      byte[] goodKey = Files.readAllBytes(key);
      Files.writeString(key, "no key");
      server.authority().writeServer(folder.resolve("next.crt"), folder.resolve("next.key"), "b");
      assertThat(shown(server, "a.example.com").getSerialNumber()).isEqualTo(first);
      Files.write(key, goodKey);
      server.authority().writeServer(certificate, key, "a.example.com", "new.example.com");
      FrontTest.await(() -> !shown(server, "a.example.com").getSerialNumber().equals(first));
      assertThat(alternativeNames(shown(server, "new.example.com"))).contains("new.example.com");
      assertThat(alternativeNames(shown(server, "other.example.com"))).contains("localhost");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void of_tls_1_2_only_the_suites_that_are_named_are_spoken(boolean nativeLibrary)
      throws IOException {
    String named = "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384";
    try (TestServer server =
        start(
            tls ->
                new TlsSettings(
                    tls.serving(),
                    List.of(),
                    TlsSettings.TLS_1_2,
                    List.of(named),
                    nativeLibrary))) {
      try (SSLSocket socket = server.connect(null)) {
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        socket.setEnabledCipherSuites(
            new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", named});
        socket.startHandshake();
        assertThat(socket.getSession().getCipherSuite()).isEqualTo(named);
      }
      try (SSLSocket socket = server.connect(null)) {
        socket.setEnabledProtocols(new String[] {"TLSv1.2"});
        socket.setEnabledCipherSuites(new String[] {"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"});
        assertThatThrownBy(socket::startHandshake).isInstanceOf(SSLException.class);
      }
      try (SSLSocket socket = server.connect(null)) {
        socket.startHandshake();
        assertThat(socket.getSession().getProtocol()).isEqualTo("TLSv1.3");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_suite_that_does_not_exist_is_refused_at_the_start(boolean nativeLibrary) {
    assertThatThrownBy(
            () ->
                start(
                    tls ->
                        new TlsSettings(
                            tls.serving(),
                            List.of(),
                            TlsSettings.TLS_1_2,
                            List.of(
                                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                                "TLS_ECDHE_WITH_NOTHING"),
                            nativeLibrary)))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("TLS_ECDHE_WITH_NOTHING")
        .hasMessageContaining("known are");
  }
}

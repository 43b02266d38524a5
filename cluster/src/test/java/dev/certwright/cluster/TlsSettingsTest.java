package dev.certwright.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.authority.NewAuthority;
import dev.certwright.cluster.TlsServer.Answer;
import dev.certwright.x509.key.KeyType;
import dev.certwright.x509.key.PortableCryptography;
import dev.certwright.x509.key.SigningKey;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemWriter;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PEM of every kind, taken and refused as kubectl does (rules KC-12, KC-20). */
final class TlsSettingsTest {
  private static final SigningKey KEY = new PortableCryptography().generate(KeyType.P_256);
  private static final String PRIVATE =
      new String(
          KEY.exportPrivateKey().encodePrivateKeyPem(KEY.publicKey()), StandardCharsets.US_ASCII);
  private static final String CERTIFICATE = certificate();
  private static final String BROKEN = block("AAAA");
  private static final String NOT_BASE64 = block("!!!!");

  /** Of a CA with a key on a curve that Go does not know. */
  private static final String SECP256K1 =
      """
      -----BEGIN CERTIFICATE-----
      MIIBbDCCARKgAwIBAgIURtgrEH/xwvr4ZRBIP6EEa4lv3uYwCgYIKoZIzj0EAwIw
      DDEKMAgGA1UEAwwBeDAgFw0yNjExMzAyMTMwMTNaGA8yMTI2MTEwNjIxMzAxM1ow
      DDEKMAgGA1UEAwwBeDBWMBAGByqGSM49AgEGBSuBBAAKA0IABO7eCxKYBSOb+Cam
      jndGM/x/HeUQzWDXKta57eKMpXXfBYxIhl9XE5QGqnJ9OvEJpABPVXAgNbxpQ4la
      ZTd+0CmjUzBRMB0GA1UdDgQWBBR26AfufxTNLcNfG8VtA1t7RsZ6JTAfBgNVHSME
      GDAWgBR26AfufxTNLcNfG8VtA1t7RsZ6JTAPBgNVHRMBAf8EBTADAQH/MAoGCCqG
      SM49BAMCA0gAMEUCIGwtszkfmyQIU0y1ZB4xeeFTtB0wfms6mbDPjbD9eLUGAiEA
      hZ9dNepMN9AJ/8ULFX2Y0160fI3WJtVngAVpFfsDPT8=
      -----END CERTIFICATE-----
      """;

  private static String certificate() {
    byte[] encoded =
        new NewAuthority("jane", Duration.ofDays(1))
            .create(KEY, BigInteger.ONE, Instant.now())
            .certificate()
            .encoded();
    return new String(PemWriter.write(PemBlock.CERTIFICATE, encoded), StandardCharsets.US_ASCII);
  }

  private static String block(String content) {
    return "-----BEGIN CERTIFICATE-----\n" + content + "\n-----END CERTIFICATE-----\n";
  }

  private static String data(String pem) {
    return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.UTF_8));
  }

  private static ApiServer server(String cluster, String user) {
    return Contexts.server(
        "current-context: x\ncontexts: [{name: x, context: {cluster: c, user: u}}]\n"
            + "clusters: [{name: c, cluster: {server: 'https://10.0.0.1', "
            + cluster
            + "}}]\nusers: [{name: u, user: {"
            + user
            + "}}]\n");
  }

  private static void trusts(String pem) {
    assertThat(server("certificate-authority-data: " + data(pem), "token: t").address())
        .isEqualTo("https://10.0.0.1");
  }

  private static void trustsNot(String pem, String why) {
    assertThatThrownBy(() -> trusts(pem))
        .isInstanceOf(UnusableCredentialsException.class)
        .hasMessageContaining(why);
  }

  private static void shows(String certificate, String key) {
    assertThat(server("tls-server-name: ''", pair(certificate, key)).address())
        .isEqualTo("https://10.0.0.1");
  }

  private static String pair(String certificate, String key) {
    return "client-certificate-data: " + data(certificate) + ", client-key-data: " + data(key);
  }

  private static void showsNot(String certificate, String key, String why) {
    assertThatThrownBy(() -> shows(certificate, key))
        .isInstanceOf(UnusableCredentialsException.class)
        .hasMessageContaining(why);
  }

  private static String labelled(String label) {
    return PRIVATE.replaceAll("(BEGIN|END) [A-Z ]*PRIVATE KEY", "$1 " + label);
  }

  @Test
  void a_ca_is_believed_beside_blocks_that_nobody_can_read_KC20() {
    trusts(CERTIFICATE);
    trusts("of openssl\n" + CERTIFICATE + BROKEN);
    trusts(BROKEN + CERTIFICATE);
    trusts(NOT_BASE64 + CERTIFICATE);
    trusts(PRIVATE + CERTIFICATE);
    trusts(SECP256K1 + CERTIFICATE);
  }

  @Test
  void what_kubectl_does_not_take_for_a_ca_is_not_believed_KC20() {
    trustsNot("\uFEFF" + CERTIFICATE, "no certificate of a CA");
    trustsNot(CERTIFICATE.replaceFirst("-----\n", "-----\nX: y\n\n"), "no certificate of a CA");
    trustsNot(SECP256K1, "no certificate of a CA that can be read: an EC key");
    trustsNot(BROKEN, "no certificate of a CA that can be read");
    trustsNot(PRIVATE, "no certificate of a CA");
  }

  @Test
  void an_empty_file_in_the_place_of_a_ca_does_not_mean_those_of_the_system(@TempDir Path folder)
      throws IOException {
    Path empty = Files.createFile(folder.resolve("ca.crt"));
    assertThatThrownBy(() -> server("certificate-authority: " + empty, "token: t"))
        .isInstanceOf(UnusableCredentialsException.class)
        .hasMessageContaining("no certificate of a CA");
  }

  @Test
  void a_key_is_known_by_its_bytes_and_not_by_its_label_KC20() {
    shows(CERTIFICATE, PRIVATE);
    shows(CERTIFICATE, labelled("PRIVATE KEY"));
    shows(CERTIFICATE, labelled("RSA PRIVATE KEY"));
    shows(CERTIFICATE, labelled("ANY PRIVATE KEY"));
    shows(CERTIFICATE.replaceFirst("-----\n", "-----\nX: y\n\n"), PRIVATE);
    shows(NOT_BASE64 + CERTIFICATE, CERTIFICATE + PRIVATE);
    showsNot(CERTIFICATE, labelled("ANYPRIVATE KEY"), "no private key");
    showsNot(CERTIFICATE, labelled("ENCRYPTED PRIVATE KEY"), "");
  }

  @Test
  void a_pair_that_kubectl_does_not_take_is_not_shown_KC20() {
    showsNot("\uFEFF" + CERTIFICATE, PRIVATE, "no certificate in PEM");
    showsNot(CERTIFICATE, "\uFEFF" + PRIVATE, "no private key");
    showsNot(BROKEN + CERTIFICATE, PRIVATE, "cannot be used");
    showsNot(SECP256K1, PRIVATE, "cannot be used");
  }

  @Test
  void a_chain_with_a_block_that_no_server_could_read_is_not_shown() {
    shows(CERTIFICATE + CERTIFICATE, PRIVATE);
    showsNot(CERTIFICATE + BROKEN, PRIVATE, "cannot be used");
  }

  @Test
  void a_certificate_and_its_chain_are_shown_to_a_server_that_names_other_cas_too() {
    try (TlsServer server = TlsServer.askingForCertificates(line -> new Answer(200, "{}"))) {
      String trust = "certificate-authority-data: " + server.authorityData();
      Contexts.server(server.kubeconfig(trust, pair(CERTIFICATE, PRIVATE))).get("/");
      Contexts.server(server.kubeconfig(trust, pair(CERTIFICATE + CERTIFICATE, PRIVATE))).get("/");
      assertThat(server.shown).containsExactly(1, 2);
      ApiServer nobody = Contexts.server(server.kubeconfig(trust, "token: t"));
      assertThatThrownBy(() -> nobody.get("/")).isInstanceOf(ClusterException.class);
    }
  }
}

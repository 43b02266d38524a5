package dev.certwright.cli.inspect;

import dev.certwright.authority.Finding;
import dev.certwright.authority.Severity;
import dev.certwright.x509.Certificate;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.key.PrivateKeyReader;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemScanner;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** What is wrong with the CA by which a kubeconfig knows its cluster. */
final class ClusterInspection {
  private static final String KEY_LINE = "PRIVATE KEY-----";

  private ClusterInspection() {}

  /**
   * Looks at it as client-go does: certificates in PEM without headers count, all else is stepped
   * over, and with none of them there is no connection.
   */
  static List<Finding> of(byte[] authority) {
    List<Finding> findings = new ArrayList<>();
    if (holdsPrivateKey(authority)) {
      findings.add(
          new Finding(
              Severity.FORBIDDEN,
              "kubeconfig-ca-key",
              "the cluster's CA holds a private key, which everybody has who has this file",
              "use that key no more, and put the certificates alone here"));
    }
    if (!holdsCertificate(authority)) {
      findings.add(
          new Finding(
              Severity.FORBIDDEN,
              "kubeconfig-ca",
              "the cluster's CA holds no certificate that kubectl can read",
              "kubectl wants PEM without a byte order mark: openssl x509 -in FILE -outform PEM"));
    }
    return findings;
  }

  /** Also one in a damaged block is one. */
  private static boolean holdsPrivateKey(byte[] authority) {
    return new String(authority, StandardCharsets.ISO_8859_1).contains(KEY_LINE)
        || PrivateKeyReader.looksLikeDer(authority);
  }

  private static boolean holdsCertificate(byte[] authority) {
    for (PemBlock block : PemScanner.scan(authority)) {
      if (block.label().equals(PemBlock.CERTIFICATE) && block.headers().isEmpty()) {
        try {
          Certificate.of(block.bytes());
          return true;
        } catch (X509Exception steppedOver) {
          // client-go does not count it either; another one may do.
        }
      }
    }
    return false;
  }
}

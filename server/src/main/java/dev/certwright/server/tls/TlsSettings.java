package dev.certwright.server.tls;

import java.util.List;

/**
 * How the server speaks TLS, in kube-apiserver's terms.
 *
 * @param serving what clients get that name no other host: {@code --tls-cert-file}
 * @param sni further ones, for the names in their certificates: {@code --tls-sni-cert-key}
 * @param minimumVersion {@code VersionTLS12} or {@code VersionTLS13}
 * @param cipherSuites names as IANA has them; empty for the usual ones
 * @param nativeLibrary whether BoringSSL is used where it is there; else, and always without, the
 *     JDK's TLS
 */
public record TlsSettings(
    CertificateFiles serving,
    List<CertificateFiles> sni,
    String minimumVersion,
    List<String> cipherSuites,
    boolean nativeLibrary) {

  /** TLS 1.2 and newer, as kube-apiserver has it. */
  public static final String TLS_1_2 = "VersionTLS12";

  /** TLS 1.3 alone. */
  public static final String TLS_1_3 = "VersionTLS13";

  /** Copies the lists. */
  public TlsSettings {
    sni = List.copyOf(sni);
    cipherSuites = List.copyOf(cipherSuites);
  }

  /** One certificate, TLS 1.2 and newer. */
  public static TlsSettings of(CertificateFiles serving) {
    return new TlsSettings(serving, List.of(), TLS_1_2, List.of(), true);
  }
}

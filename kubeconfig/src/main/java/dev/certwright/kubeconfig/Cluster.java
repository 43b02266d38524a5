package dev.certwright.kubeconfig;

import org.jspecify.annotations.Nullable;

/**
 * Where an API server is and how it proves itself. Texts are empty when they are not set.
 *
 * @param server URL as written
 * @param tlsServerName name to ask for and to verify instead of the host (KC-15)
 * @param insecureSkipTlsVerify whether any server certificate is believed
 * @param certificateAuthority file of CA certificates, as written or made absolute (KC-05)
 * @param certificateAuthorityData CA certificates in PEM; beats the file (KC-10)
 * @param proxyUrl proxy to go through (KC-15)
 * @param disableCompression whether responses are asked for uncompressed
 * @param extensions data of other programs
 * @param origin where it was read, null if it was made
 */
public record Cluster(
    String server,
    String tlsServerName,
    boolean insecureSkipTlsVerify,
    String certificateAuthority,
    EmbeddedData certificateAuthorityData,
    String proxyUrl,
    boolean disableCompression,
    Extensions extensions,
    @Nullable Origin origin) {

  /** Nothing set. */
  public static final Cluster EMPTY =
      new Cluster("", "", false, "", EmbeddedData.NONE, "", false, Extensions.NONE, null);

  Cluster withCertificateAuthority(String file) {
    return new Cluster(
        server,
        tlsServerName,
        insecureSkipTlsVerify,
        file,
        certificateAuthorityData,
        proxyUrl,
        disableCompression,
        extensions,
        origin);
  }
}

package dev.certwright.ledger;

import java.time.Instant;
import java.util.List;

/** Events to record. */
public final class Events {
  /** When certificates of {@link #issued} end. */
  public static final Instant END = Instant.parse("2026-11-25T09:42:12Z");

  /** Of a node's kubelet, DER in base64: for servers alone. */
  private static final String SERVING =
      "MIIBtzCCAV2gAwIBAgIBBzAKBggqhkjOPQQDAjAvMRUwEwYDVQQKDAxzeXN0ZW06bm9kZXMxFjAUBgNV"
          + "BAMMDXN5c3RlbTpub2RlOmEwIBcNMjYxMTMwMTUyNDI2WhgPMjEyNjExMDYxNTI0MjZaMC8xFTATBgNV"
          + "BAoMDHN5c3RlbTpub2RlczEWMBQGA1UEAwwNc3lzdGVtOm5vZGU6YTBZMBMGByqGSM49AgEGCCqGSM49"
          + "AwEHA0IABPOJRXFHd2GD3rMmr2gWsNzE+JkCCJc3OMonRmgq4/PWFqwFXMX33Gcc8KiJhaBTsJJhZRR5"
          + "/h/RHHrgsMDEsjOjaDBmMB0GA1UdDgQWBBR1at8umELh43flkr/S9Pbn66c31TAfBgNVHSMEGDAWgBR1"
          + "at8umELh43flkr/S9Pbn66c31TAPBgNVHRMBAf8EBTADAQH/MBMGA1UdJQQMMAoGCCsGAQUFBwMBMAoG"
          + "CCqGSM49BAMCA0gAMEUCIQDuOoNMbrdkWcaR1x1+krCEOhiD5XKySY07kY8cyuNUBAIgNFXVbUu0voxv"
          + "KuwgzwznA6K1X4yw6wX7LIkZasgoWzI=";

  private Events() {}

  /** Credential id number n. */
  public static String credentialId(long n) {
    String hex = Long.toHexString(n);
    return "X509SHA256=" + "0".repeat(64 - hex.length()) + hex;
  }

  /** Facts of a certificate that was never made, as short as they can be. */
  public static CertificateFacts facts(long n, String user, String... groups) {
    return new CertificateFacts(
        user,
        List.of(groups),
        "",
        credentialId(n),
        Long.toString(n),
        "CN=ca",
        Instant.parse("2026-11-24T09:37:12Z"),
        END,
        "aa",
        "MA==");
  }

  /** A certificate of a user. */
  public static Issued issued(long n, String user, String... groups) {
    return new Issued(facts(n, user, groups), "", "", "", List.of(), "");
  }

  /** Certificate number n, found somewhere, with which a server proves who it is. */
  public static Imported serving(long n, String user, String... groups) {
    CertificateFacts facts = facts(n, user, groups);
    return new Imported(
        new CertificateFacts(
            facts.user(),
            facts.groups(),
            facts.uid(),
            facts.credentialId(),
            facts.serialNumber(),
            facts.issuer(),
            facts.notBefore(),
            facts.notAfter(),
            facts.keyFingerprint(),
            SERVING),
        "prod",
        "",
        "node.crt");
  }
}

package dev.certwright.ledger;

import java.time.Instant;
import java.util.List;

/** Events to record. */
public final class Events {
  /** When certificates of {@link #issued} end. */
  public static final Instant END = Instant.parse("2026-11-25T09:42:12Z");

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
}

package dev.certwright.ledger;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the ledger knows of one certificate.
 *
 * @param state how it stands with it
 * @param credentialId what kube-apiserver calls it
 * @param user whom kube-apiserver sees
 * @param groups as the certificate has them
 * @param uid empty for none
 * @param serialNumber decimal; empty if only its use was seen
 * @param issuer empty if only its use was seen
 * @param notBefore null if only its use was seen
 * @param notAfter null if only its use was seen
 * @param keyFingerprint empty if only its use was seen
 * @param cluster name of the cluster; empty if not known
 * @param server URL of the API server; empty if not known
 * @param origin how the ledger came to know it: issued, imported or seen
 * @param sequence number of the entry that told of it first
 * @param recorded when that was
 * @param actor who recorded it
 * @param reason why it was issued; empty if not said
 * @param overrides guard rails that were lifted for it
 * @param follows credential id of the certificate that it renews; empty for none
 * @param source where it was found, if it was imported or seen
 * @param firstSeen earliest use known; null for none
 * @param lastSeen latest use known; null for none
 * @param sourceAddresses from where it was used
 */
public record CertificateStatus(
    State state,
    String credentialId,
    String user,
    List<String> groups,
    String uid,
    String serialNumber,
    String issuer,
    @Nullable Instant notBefore,
    @Nullable Instant notAfter,
    String keyFingerprint,
    String cluster,
    String server,
    EntryType origin,
    long sequence,
    Instant recorded,
    String actor,
    String reason,
    List<String> overrides,
    String follows,
    String source,
    @Nullable Instant firstSeen,
    @Nullable Instant lastSeen,
    List<String> sourceAddresses) {

  public CertificateStatus {
    groups = List.copyOf(groups);
    overrides = List.copyOf(overrides);
    sourceAddresses = List.copyOf(sourceAddresses);
  }
}

package dev.certwright.cli.account;

import dev.certwright.ledger.CertificateStatus;
import dev.certwright.ledger.Timestamps;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of a certificate, as JSON and YAML say it; what is not known is left out.
 */
public final class StatusDocument {
  private StatusDocument() {}

  /** All fields that are known. */
  public static Map<String, @Nullable Object> of(CertificateStatus status) {
    Map<String, @Nullable Object> document = new LinkedHashMap<>();
    document.put("state", status.state().label());
    document.put("user", status.user());
    document.put("groups", status.groups());
    put(document, "uid", status.uid());
    document.put("credentialId", status.credentialId());
    put(document, "serialNumber", status.serialNumber());
    put(document, "issuer", status.issuer());
    put(document, "notBefore", status.notBefore());
    put(document, "notAfter", status.notAfter());
    put(document, "keyFingerprint", status.keyFingerprint());
    put(document, "cluster", status.cluster());
    put(document, "server", status.server());
    document.put("origin", status.origin().label());
    document.put("entry", status.sequence());
    document.put("recorded", Timestamps.format(status.recorded()));
    document.put("actor", status.actor());
    put(document, "reason", status.reason());
    if (!status.overrides().isEmpty()) {
      document.put("overrides", status.overrides());
    }
    put(document, "follows", status.follows());
    put(document, "source", status.source());
    put(document, "firstSeen", status.firstSeen());
    put(document, "lastSeen", status.lastSeen());
    if (!status.sourceAddresses().isEmpty()) {
      document.put("sourceAddresses", status.sourceAddresses());
    }
    return document;
  }

  private static void put(Map<String, @Nullable Object> document, String field, String value) {
    if (!value.isEmpty()) {
      document.put(field, value);
    }
  }

  private static void put(
      Map<String, @Nullable Object> document, String field, @Nullable Instant value) {
    if (value != null) {
      document.put(field, Timestamps.format(value));
    }
  }
}

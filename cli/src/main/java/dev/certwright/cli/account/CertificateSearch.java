package dev.certwright.cli.account;

import dev.certwright.ledger.Account;
import dev.certwright.ledger.CertificateFilter;
import dev.certwright.ledger.CertificateStatus;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds in the ledger what somebody names: a file, an id or its beginning, a serial, a user. */
public final class CertificateSearch {
  private static final int LIMIT = 1000;

  private final Account account;
  private final Instant now;

  /** In an account, as it stands at a time. */
  public CertificateSearch(Account account, Instant now) {
    this.account = account;
    this.now = now;
  }

  /** Those that lie in a file and are known. */
  public List<CertificateStatus> inFile(String name, byte[] bytes, @Nullable Path file) {
    List<CertificateStatus> known = new ArrayList<>();
    for (FoundCertificate found : CertificateFinder.in(name, bytes, file)) {
      known.addAll(
          account.certificates(
              CertificateFilter.ofCredential(found.certificate().credentialId().value()), now));
    }
    return known;
  }

  /**
   * All that a text may mean: by credential id or its beginning, by serial number, by user; each
   * once, of each kind those that end last first.
   */
  public List<CertificateStatus> byText(String text) {
    CertificateReference reference = CertificateReference.of(text);
    Map<String, CertificateStatus> found = new LinkedHashMap<>();
    if (reference.credentialId() != null) {
      add(found, filter(null, reference.credentialId(), null));
    }
    if (reference.serialNumber() != null) {
      add(found, filter(null, null, reference.serialNumber()));
    }
    add(found, filter(text, null, null));
    return List.copyOf(found.values());
  }

  private void add(Map<String, CertificateStatus> found, CertificateFilter filter) {
    for (CertificateStatus one : account.certificates(filter, now)) {
      found.putIfAbsent(one.credentialId(), one);
    }
  }

  private static CertificateFilter filter(
      @Nullable String user, @Nullable String credentialId, @Nullable String serial) {
    return new CertificateFilter(
        user,
        null,
        null,
        credentialId,
        serial,
        Set.of(),
        null,
        null,
        CertificateFilter.Order.UNTIL,
        true,
        LIMIT);
  }
}

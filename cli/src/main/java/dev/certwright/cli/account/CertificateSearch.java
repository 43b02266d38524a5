package dev.certwright.cli.account;

import dev.certwright.identity.CredentialId;
import dev.certwright.ledger.Account;
import dev.certwright.ledger.CertificateFilter;
import dev.certwright.ledger.CertificateStatus;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds in the ledger what somebody names: a file, an id or its beginning, a serial, a user. */
public final class CertificateSearch {
  private static final String PREFIX = "X509SHA256=";
  private static final int SHORTEST_ID = 6;
  private static final int LONGEST_ID = 64;
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

  /** By credential id or its beginning, else by serial number, else by user, the newest first. */
  public List<CertificateStatus> byText(String text) {
    String hash = text.startsWith(PREFIX) ? text.substring(PREFIX.length()) : text;
    if (isId(hash) || CredentialId.isWellFormed(text)) {
      List<CertificateStatus> found = account.certificates(filter(null, PREFIX + hash, null), now);
      if (!found.isEmpty()) {
        return found;
      }
    }
    String serial = serial(text);
    if (serial != null) {
      List<CertificateStatus> found = account.certificates(filter(null, null, serial), now);
      if (!found.isEmpty()) {
        return found;
      }
    }
    return account.certificates(filter(text, null, null), now);
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

  private static boolean isId(String text) {
    if (text.length() < SHORTEST_ID || text.length() > LONGEST_ID) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  /** Decimal, of decimal or of hex as openssl prints it; null if it is neither. */
  private static @Nullable String serial(String text) {
    String digits = text.startsWith("0x") ? text.substring(2) : text.replace(":", "");
    boolean hex = text.startsWith("0x") || text.indexOf(':') > 0;
    if (digits.isEmpty() || digits.length() > 60) {
      return null;
    }
    for (int i = 0; i < digits.length(); i++) {
      if (Character.digit(digits.charAt(i), hex ? 16 : 10) < 0) {
        return null;
      }
    }
    return new BigInteger(digits, hex ? 16 : 10).toString();
  }
}

package dev.certwright.cli.account;

import dev.certwright.cli.CommandException;
import dev.certwright.cli.ExitCode;
import dev.certwright.identity.CredentialId;
import java.math.BigInteger;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a text that names a certificate may mean, in the forms of {@code list}, of audit logs and of
 * openssl: {@code X509SHA256=ab12}, {@code sha256 Fingerprint=AB:12}, the beginning of such a hash,
 * {@code serial=0A1B}, {@code 0x0a1b}, {@code 0A:1B}, {@code 2587}. Digits alone are a decimal
 * serial number, as {@code list -o json} has it. A text can have several meanings.
 *
 * @param credentialId a credential id or its beginning, as upstream writes it; null if it is none
 * @param serialNumber decimal; null if it is none
 */
public record CertificateReference(@Nullable String credentialId, @Nullable String serialNumber) {
  private static final String PREFIX = "X509SHA256=";
  private static final int SHORTEST_HASH = 6;
  private static final int HASH = 64;

  /** More than the 20 octets of RFC 5280, section 4.1.2.2. */
  private static final int LONGEST_SERIAL = 60;

  /**
   * Reads a text.
   *
   * @throws CommandException if it is a fingerprint by another hash, by which nothing can be found
   */
  public static CertificateReference of(String text) {
    String trimmed = text.trim();
    int equals = trimmed.indexOf('=');
    String label = equals < 0 ? "" : trimmed.substring(0, equals).toLowerCase(Locale.ROOT);
    String value = trimmed.substring(equals + 1).trim();
    if (label.equals("serial")) {
      return new CertificateReference(null, serialNumber(digits(value), 16));
    } else if (label.equals("x509sha256") || label.equals("sha256 fingerprint")) {
      return new CertificateReference(credentialId(digits(value), SHORTEST_HASH), null);
    } else if (label.endsWith(" fingerprint")) {
      throw new CommandException(
          ExitCode.USAGE,
          "a certificate is known by its SHA-256, found another fingerprint: " + label,
          "openssl x509 -noout -fingerprint -sha256 -in FILE prints that one");
    }
    return ofDigits(trimmed);
  }

  private static CertificateReference ofDigits(String text) {
    if (text.startsWith("0x") || text.startsWith("0X")) {
      return new CertificateReference(null, serialNumber(text.substring(2), 16));
    }
    String digits = digits(text);
    if (digits.length() == HASH || digits.equals(text)) {
      int radix = isHex(text) && !isDecimal(text) ? 16 : 10;
      return new CertificateReference(
          credentialId(digits, SHORTEST_HASH), serialNumber(digits, radix));
    }
    return new CertificateReference(null, serialNumber(digits, 16));
  }

  /** Whether it names one certificate, whatever a ledger knows. */
  public boolean isWhole() {
    return credentialId != null && CredentialId.isWellFormed(credentialId);
  }

  /** Without the colons that openssl puts between octets; as it is if they stand elsewhere. */
  private static String digits(String text) {
    if (text.indexOf(':') < 0 || text.length() % 3 != 2) {
      return text;
    }
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((i % 3 == 2) != (c == ':')) {
        return text;
      } else if (c != ':') {
        digits.append(c);
      }
    }
    return digits.toString();
  }

  private static @Nullable String credentialId(String hash, int shortest) {
    return isHex(hash) && hash.length() >= shortest && hash.length() <= HASH
        ? PREFIX + hash.toLowerCase(Locale.ROOT)
        : null;
  }

  private static @Nullable String serialNumber(String digits, int radix) {
    boolean number = radix == 16 ? isHex(digits) : isDecimal(digits);
    return number && digits.length() <= LONGEST_SERIAL
        ? new BigInteger(digits, radix).toString()
        : null;
  }

  private static boolean isHex(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F')) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  private static boolean isDecimal(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return !text.isEmpty();
  }
}

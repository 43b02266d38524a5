package dev.certwright.identity;

import java.util.HexFormat;

/**
 * The name kube-apiserver gives to one client certificate since 1.32: {@code X509SHA256=} and the
 * lower-case hex SHA-256 of the certificate's whole DER (rule X-17). It stands in audit events, in
 * {@code kubectl auth whoami} and in every SubjectAccessReview, and is what a revocation names.
 *
 * @param value the id as upstream writes it, 75 characters
 */
public record CredentialId(String value) {

  /** The key of {@link Identity#extra()} under which the id travels. */
  public static final String EXTRA_KEY = "authentication.kubernetes.io/credential-id";

  private static final String PREFIX = "X509SHA256=";
  private static final int HEX_LENGTH = 64;

  /**
   * Checks the form.
   *
   * @throws IllegalArgumentException if the value is not {@code X509SHA256=} and 64 lower-case hex
   *     digits
   */
  public CredentialId {
    if (!isWellFormed(value)) {
      throw new IllegalArgumentException(
          "a credential id is X509SHA256= and 64 lower-case hex digits, found "
              + value.length()
              + " characters of another form");
    }
  }

  /** The id of the certificate whose DER has this SHA-256 (32 bytes). */
  public static CredentialId ofSha256(byte[] digest) {
    return new CredentialId(PREFIX + HexFormat.of().formatHex(digest));
  }

  /** Whether the text is a credential id of a certificate. */
  public static boolean isWellFormed(String text) {
    if (text.length() != PREFIX.length() + HEX_LENGTH || !text.startsWith(PREFIX)) {
      return false;
    }
    for (int i = PREFIX.length(); i < text.length(); i++) {
      char c = text.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  @Override
  public String toString() {
    return value;
  }
}

package dev.certwright.authority;

import dev.certwright.x509.Certificate;
import dev.certwright.x509.key.SigningKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A CA that can sign: its certificate, the CAs above it that were found with it, and its key.
 * Whether it should sign is asked of {@link AuthorityCheck}.
 */
public final class CertificateAuthority {
  private final Certificate certificate;
  private final List<Certificate> above;
  private final SigningKey key;

  private CertificateAuthority(Certificate certificate, List<Certificate> above, SigningKey key) {
    this.certificate = certificate;
    this.above = List.copyOf(above);
    this.key = key;
  }

  /**
   * Joins a key and the certificates that lie with it.
   *
   * @param bundle certificates in any order; the one whose key this is becomes the CA, and those
   *     whose signatures lead upwards from it are put in order. Where a CA was renewed under the
   *     same key and several fit, the one that lasts longest counts
   * @throws RefusedException if the key belongs to none of them
   */
  public static CertificateAuthority of(List<Certificate> bundle, SigningKey key) {
    Certificate own = null;
    for (Certificate candidate : bundle) {
      if ((candidate.publicKey().equals(key.publicKey()) || sameKey(candidate, key))
          && lastsLonger(candidate, own)) {
        own = candidate;
      }
    }
    if (own == null) {
      throw new RefusedException(
          List.of(
              Finding.forbidden(
                  "ca-key-mismatch",
                  "the private key does not belong to the CA certificate: the certificate has "
                      + (bundle.isEmpty()
                          ? "no key"
                          : "another key (" + bundle.get(0).publicKey().description() + ")")
                      + " than the key file ("
                      + key.publicKey().description()
                      + ")",
                  "name the certificate and the key that were made together")));
    }
    return new CertificateAuthority(own, chainAbove(own, bundle), key);
  }

  private static boolean lastsLonger(Certificate candidate, @Nullable Certificate best) {
    return best == null || candidate.validity().notAfter().isAfter(best.validity().notAfter());
  }

  /** The same RSA or EC key can be written with other algorithm parameters; only the bits count. */
  private static boolean sameKey(Certificate candidate, SigningKey key) {
    return candidate.publicKey().family() == key.publicKey().family()
        && java.util.Arrays.equals(candidate.publicKey().key(), key.publicKey().key());
  }

  private static List<Certificate> chainAbove(Certificate own, List<Certificate> bundle) {
    List<Certificate> above = new ArrayList<>();
    Certificate current = own;
    while (!current.isSelfIssued() && above.size() < bundle.size()) {
      Certificate next = null;
      for (Certificate candidate : bundle) {
        // Names alone do not do: a CA that was made anew has the name of the old one.
        if (candidate.subject().equals(current.issuer())
            && !candidate.equals(own)
            && !above.contains(candidate)
            && lastsLonger(candidate, next)
            && current.isSignedBy(candidate)) {
          next = candidate;
        }
      }
      if (next == null) {
        break;
      }
      above.add(next);
      current = next;
    }
    return above;
  }

  public Certificate certificate() {
    return certificate;
  }

  /** The CAs above it, nearest first; empty for a root or if none lay with it. */
  public List<Certificate> above() {
    return above;
  }

  /**
   * What a client must present besides its own certificate: this CA and those above it, but no
   * root, which the API server has.
   */
  public List<Certificate> intermediates() {
    List<Certificate> intermediates = new ArrayList<>();
    if (!certificate.isSelfIssued()) {
      intermediates.add(certificate);
      for (Certificate higher : above) {
        if (!higher.isSelfIssued()) {
          intermediates.add(higher);
        }
      }
    }
    return intermediates;
  }

  /** Its subject key identifier as it has it, or else the usual one of its key; 20 bytes mostly. */
  byte[] keyIdentifier() {
    byte[] own = certificate.extensions().subjectKeyIdentifier();
    return own == null ? certificate.publicKey().keyIdentifier() : own;
  }

  /** The key that signs. */
  public SigningKey key() {
    return key;
  }
}

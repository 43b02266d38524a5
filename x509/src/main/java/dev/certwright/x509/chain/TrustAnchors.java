package dev.certwright.x509.chain;

import dev.certwright.x509.Certificate;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemScanner;
import java.util.ArrayList;
import java.util.List;

/** The CAs an API server trusts for client certificates: {@code --client-ca-file}. */
public final class TrustAnchors {
  private final CertificatePool pool;

  private TrustAnchors(List<Certificate> certificates) {
    this.pool = new CertificatePool(certificates);
  }

  /** These; with none, nothing is trusted (rule GV-35). */
  public static TrustAnchors of(List<Certificate> certificates) {
    return new TrustAnchors(certificates);
  }

  /**
   * Reads a bundle as kube-apiserver does (rule X-04): blocks that are not certificates, bear
   * headers or are damaged are stepped over; one certificate that cannot be read spoils the bundle.
   *
   * @throws BundleException if it would not load
   */
  public static TrustAnchors ofPem(byte[] bundle) {
    List<Certificate> certificates = new ArrayList<>();
    for (PemBlock block : PemScanner.scan(bundle)) {
      if (block.label().equals(PemBlock.CERTIFICATE) && block.headers().isEmpty()) {
        try {
          certificates.add(Certificate.of(block.bytes()));
        } catch (X509Exception unreadable) {
          throw new BundleException(
              "the certificate in line " + block.line() + " is " + unreadable.getMessage(),
              unreadable);
        }
      }
    }
    if (certificates.isEmpty()) {
      throw new BundleException("it holds no certificate in PEM");
    }
    return new TrustAnchors(certificates);
  }

  /** All of them, in order, each once. */
  public List<Certificate> certificates() {
    return List.copyOf(pool.all());
  }

  CertificatePool pool() {
    return pool;
  }
}

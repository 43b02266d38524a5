package dev.certwright.authority;

import dev.certwright.x509.CertificateRequest;
import dev.certwright.x509.X509Exception;
import dev.certwright.x509.pem.PemBlock;
import dev.certwright.x509.pem.PemReader;
import java.util.List;

/** A file with the request that somebody brings. */
public final class RequestFile {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private RequestFile() {}

  /**
   * Reads it: PEM whose first block is the request, as kube-apiserver demands (rule CS-02), or DER.
   * Of the first block's two labels the older one, {@code NEW CERTIFICATE REQUEST}, is taken too.
   *
   * @throws X509Exception if it is none; the message tells what was found
   */
  public static CertificateRequest read(byte[] file) {
    if (startsWithByteOrderMark(file)) {
      throw new X509Exception(
          "it begins with a byte order mark, which Kubernetes does not step over: save it as plain"
              + " ASCII");
    }
    if (!PemReader.looksLikePem(file)) {
      return CertificateRequest.of(file);
    }
    List<PemBlock> blocks = PemReader.read(file);
    if (blocks.isEmpty()) {
      throw new X509Exception(
          "expected " + PemBlock.CERTIFICATE_REQUEST + ", found a BEGIN line without a name");
    }
    PemBlock first = blocks.get(0);
    if (!first.label().equals(PemBlock.CERTIFICATE_REQUEST)
        && !first.label().equals(PemBlock.NEW_CERTIFICATE_REQUEST)) {
      throw new X509Exception(
          "expected " + PemBlock.CERTIFICATE_REQUEST + ", its first block is " + first.label());
    }
    return CertificateRequest.of(first.bytes());
  }

  private static boolean startsWithByteOrderMark(byte[] file) {
    for (int i = 0; i < BYTE_ORDER_MARK.length; i++) {
      if (i >= file.length || file[i] != BYTE_ORDER_MARK[i]) {
        return false;
      }
    }
    return true;
  }
}

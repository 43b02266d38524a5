package dev.certwright.server.tls;

import dev.certwright.server.ServerException;
import java.io.IOException;
import java.nio.file.Files;

/**
 * A serving certificate that is read again when its files change. A pair that is half replaced, or
 * broken, is said in the log once, and the previous one stays in use. Not safe for use by several
 * threads.
 */
final class ServingCertificate {
  private static final System.Logger LOG = System.getLogger(ServingCertificate.class.getName());

  private final CertificateFiles files;
  private final WatchedFile certificate;
  private final WatchedFile key;
  private ServingKeyPair pair;
  // One of the files has another content, which was not looked at yet.
  private boolean changed;
  private String lastProblem = "";

  private ServingCertificate(
      CertificateFiles files, WatchedFile certificate, WatchedFile key, ServingKeyPair pair) {
    this.files = files;
    this.certificate = certificate;
    this.key = key;
    this.pair = pair;
  }

  static ServingCertificate open(CertificateFiles files) {
    try {
      WatchedFile certificate = WatchedFile.open(files.certificate());
      WatchedFile key = WatchedFile.open(files.key());
      return new ServingCertificate(
          files,
          certificate,
          key,
          ServingKeyPair.read(files, certificate.content(), key.content()));
    } catch (IOException unreadable) {
      throw Files.isReadable(files.certificate()) && !Files.isDirectory(files.certificate())
          ? ServerException.unreadable(
              "key of the serving certificate",
              files.key(),
              "--tls-private-key-file or --tls-sni-cert-key",
              unreadable)
          : ServerException.unreadable(
              "serving certificate",
              files.certificate(),
              "--tls-cert-file or --tls-sni-cert-key",
              unreadable);
    }
  }

  ServingKeyPair pair() {
    return pair;
  }

  /** Looks after the files; says whether there is another pair now. */
  boolean refresh() {
    try {
      changed |= certificate.refresh();
      changed |= key.refresh();
      if (!changed) {
        return false;
      }
      changed = false;
      pair = ServingKeyPair.read(files, certificate.content(), key.content());
      lastProblem = "";
      LOG.log(
          System.Logger.Level.INFO,
          "the serving certificate {0} has changed and is in use",
          files.certificate());
      return true;
    } catch (IOException | ServerException unusable) {
      String problem = String.valueOf(unusable.getMessage());
      if (!problem.equals(lastProblem)) {
        lastProblem = problem;
        LOG.log(
            System.Logger.Level.WARNING,
            "the serving certificate {0} has changed and cannot be used; the previous one stays"
                + " in use: {1}",
            files.certificate(),
            problem);
      }
      return false;
    }
  }
}

package dev.certwright.authentication;

import dev.certwright.x509.chain.BundleException;
import dev.certwright.x509.chain.TrustAnchors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * A bundle of CAs in a file that is read again when it changes (rule X-04). A replacement that is
 * broken, empty or unreadable is said in the log, once, and the previous bundle stays in force.
 * Safe for use by several threads.
 */
public final class ClientAuthorityFile implements ClientAuthorities {
  private static final ReloadedFile.Kind<TrustAnchors> BUNDLE =
      new ReloadedFile.Kind<>() {
        @Override
        public String name() {
          return "client CA bundle";
        }

        @Override
        public TrustAnchors read(Path file, byte[] content) {
          return TrustAnchors.ofPem(content);
        }

        @Override
        public String describe(TrustAnchors anchors) {
          return anchors.certificates().size() + " CAs";
        }

        @Override
        public int limit() {
          return 16 << 20;
        }

        @Override
        public System.Logger log() {
          return System.getLogger(ClientAuthorityFile.class.getName());
        }
      };

  private final ReloadedFile<TrustAnchors> file;

  private ClientAuthorityFile(ReloadedFile<TrustAnchors> file) {
    this.file = file;
  }

  /**
   * Reads the bundle for the first time, when there is no previous one to fall back on.
   *
   * @throws IOException if the file cannot be read
   * @throws BundleException if kube-apiserver would not load it
   */
  public static ClientAuthorityFile open(Path file) throws IOException {
    return new ClientAuthorityFile(ReloadedFile.open(file, BUNDLE));
  }

  /** The same with a clock that a test moves. */
  static ClientAuthorityFile open(Path file, LongSupplier nanoTime) throws IOException {
    return new ClientAuthorityFile(ReloadedFile.open(file, BUNDLE, nanoTime));
  }

  @Override
  public TrustAnchors current() {
    return file.current();
  }
}

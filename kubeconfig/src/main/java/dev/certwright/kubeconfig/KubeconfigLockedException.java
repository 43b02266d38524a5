package dev.certwright.kubeconfig;

import java.nio.file.Path;

/** Another process is changing the file, or died while it did; nothing was changed (KC-06). */
public final class KubeconfigLockedException extends KubeconfigException {
  private static final long serialVersionUID = 1L;

  private final String lockFile;

  KubeconfigLockedException(Path lockFile) {
    super(
        "lock file "
            + lockFile
            + " exists: kubectl or certwright is changing the kubeconfig just now; "
            + "if neither is running, remove the lock file");
    this.lockFile = lockFile.toString();
  }

  /** The file whose presence is the lock. */
  public Path lockFile() {
    return Path.of(lockFile);
  }
}

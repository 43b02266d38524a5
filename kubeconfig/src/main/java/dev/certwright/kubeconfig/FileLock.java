package dev.certwright.kubeconfig;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The lock file that kubectl and we respect: {@code <file>.lock}, held while it exists (KC-06). */
final class FileLock {
  private final Path lock;

  private FileLock(Path lock) {
    this.lock = lock;
  }

  static FileLock acquire(Path file) {
    Path lock = Path.of(file + ".lock");
    try {
      AtomicFile.createFolder(file);
      Files.createFile(lock);
      return new FileLock(lock);
    } catch (FileAlreadyExistsException e) {
      throw new KubeconfigLockedException(lock);
    } catch (IOException e) {
      throw new KubeconfigAccessException(
          "cannot create lock file " + lock + ": " + IoProblems.reason(e), e);
    }
  }

  /** Releases all of them, also when one cannot be. */
  static void releaseAll(List<FileLock> locks) {
    KubeconfigAccessException problem = null;
    for (FileLock held : locks) {
      try {
        Files.deleteIfExists(held.lock);
      } catch (IOException e) {
        problem =
            new KubeconfigAccessException(
                "cannot remove lock file "
                    + held.lock
                    + ": "
                    + IoProblems.reason(e)
                    + "; remove it yourself",
                e);
      }
    }
    if (problem != null) {
      throw problem;
    }
  }
}

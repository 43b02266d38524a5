package dev.certwright.kubeconfig;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What becomes of one file: its whole content before and after. */
public final class FileChange {
  private final Path file;
  private final byte @Nullable [] before;
  private final byte[] after;

  private FileChange(Path file, byte @Nullable [] before, byte[] after) {
    this.file = file;
    this.before = before;
    this.after = after;
  }

  /**
   * A change of a file that can be made.
   *
   * @param before null if the file is to be created
   * @throws KubeconfigAccessException if the file or its folder is read-only, or it is no file
   */
  static FileChange checked(Path file, byte @Nullable [] before, byte[] after) {
    try {
      AtomicFile.checkWritable(file);
    } catch (KubeconfigAccessException readOnly) {
      throw new KubeconfigReadOnlyException(readOnly);
    }
    return new FileChange(file, before, after);
  }

  /** The file as it was named; it may be a symbolic link, which stays one. */
  public Path file() {
    return file;
  }

  /** Whether there was no such file. */
  public boolean isNew() {
    return before == null;
  }

  /** The content before, null if there was no such file; secrets in it. */
  public byte @Nullable [] before() {
    return before == null ? null : before.clone();
  }

  /** The content after; secrets in it. */
  public byte[] after() {
    return after.clone();
  }

  @Override
  public String toString() {
    return (before == null ? "create " : "change ") + file;
  }
}

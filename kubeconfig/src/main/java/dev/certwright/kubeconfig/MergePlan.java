package dev.certwright.kubeconfig;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a merge would do, worked out and checked but not done.
 *
 * @param entries what becomes of each entry of the merged file, in its order
 * @param files the files that change, with their content; none if everything is there already
 * @param currentContextBefore name of the current context, or empty
 * @param currentContextAfter the same, unless another was to be used
 */
public record MergePlan(
    List<EntryChange> entries,
    List<FileChange> files,
    String currentContextBefore,
    String currentContextAfter) {

  /** Copies the lists. */
  public MergePlan {
    entries = List.copyOf(entries);
    files = List.copyOf(files);
  }

  /** Whether there is anything to do. */
  public boolean changesAnything() {
    return !files.isEmpty();
  }

  /**
   * Does it: each file is locked as kubectl locks it, kept as a backup, and replaced as a whole.
   *
   * @param now names the backups
   * @return the backups, one for each file that existed
   * @throws KubeconfigLockedException if a file is locked; never waits
   * @throws KubeconfigAccessException if a file cannot be written
   * @throws KubeconfigException if a file changed since the plan was made
   */
  public List<Path> apply(Instant now) {
    List<FileChange> ordered = new ArrayList<>(files);
    ordered.sort(Comparator.comparing(change -> change.file().toString()));
    List<FileLock> locks = new ArrayList<>();
    try {
      for (FileChange change : ordered) {
        locks.add(FileLock.acquire(change.file()));
      }
      for (FileChange change : ordered) {
        checkUnchanged(change);
      }
      List<Path> backups = new ArrayList<>();
      for (FileChange change : ordered) {
        Path backup = AtomicFile.replace(change, now);
        if (backup != null) {
          backups.add(backup);
        }
      }
      return backups;
    } finally {
      FileLock.releaseAll(locks);
    }
  }

  private static void checkUnchanged(FileChange change) {
    byte[] current = current(change.file());
    if (!Arrays.equals(current, change.before())) {
      throw new KubeconfigException(
          change.file() + " was changed by someone else meanwhile; nothing was written, try again");
    }
  }

  private static byte @Nullable [] current(Path file) {
    try {
      return KubeconfigReader.bytes(file);
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new KubeconfigAccessException(IoProblems.reading(file.toString(), e), e);
    }
  }
}

package dev.certwright.kubeconfig;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a file as a whole or not at all: a temporary file in a folder beside it, synced, renamed
 * over it, its folder synced. A symbolic link stays; the file it leads to is replaced. Owner and
 * mode stay, and the backup has the same owner: root may do this in a folder of another's.
 */
final class AtomicFile {
  private static final int LONGEST_CHAIN_OF_LINKS = 40;
  private static final Set<PosixFilePermission> OWNER_FOLDER =
      PosixFilePermissions.fromString("rwx------");

  private AtomicFile() {}

  /**
   * Checks that a file can be replaced, before anything is done. The permission bits count even for
   * root, whom nothing else would stop.
   */
  static void checkWritable(Path file) {
    try {
      Path real = real(file);
      if (Files.exists(real)) {
        if (!Files.isRegularFile(real)) {
          throw new KubeconfigAccessException(file + " is not a regular file");
        }
        if (!isWritable(real)) {
          throw new KubeconfigAccessException(file + " is read-only; nothing was changed");
        }
      }
      Path folder = folder(real);
      if (Files.exists(folder) && !isWritable(folder)) {
        throw new KubeconfigAccessException(
            "folder " + folder + " is read-only; nothing was changed");
      }
    } catch (IOException e) {
      throw new KubeconfigAccessException("cannot write " + file + ": " + IoProblems.reason(e), e);
    }
  }

  private static boolean isWritable(Path path) throws IOException {
    PosixFileAttributeView posix = Files.getFileAttributeView(path, PosixFileAttributeView.class);
    if (posix != null) {
      Set<PosixFilePermission> permissions = posix.readAttributes().permissions();
      if (!permissions.contains(PosixFilePermission.OWNER_WRITE)
          && !permissions.contains(PosixFilePermission.GROUP_WRITE)
          && !permissions.contains(PosixFilePermission.OTHERS_WRITE)) {
        return false;
      }
    }
    return Files.isWritable(path);
  }

  /** The file that links lead to, whether it exists or not. */
  static Path real(Path file) throws IOException {
    Path real = file.toAbsolutePath();
    for (int i = 0; Files.isSymbolicLink(real); i++) {
      if (i == LONGEST_CHAIN_OF_LINKS) {
        throw new IOException("too many levels of symbolic links");
      }
      real = folder(real).resolve(Files.readSymbolicLink(real));
    }
    return real;
  }

  private static Path folder(Path file) {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file : parent;
  }

  /** Makes the folder of a file that is to be created, for its owner only. */
  static void createFolder(Path file) throws IOException {
    Path folder = folder(file);
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder, OpenFolder.attributes(folder, OWNER_FOLDER));
    }
  }

  /**
   * Makes the change.
   *
   * @return the backup, null if the file is new
   * @throws KubeconfigAccessException if it cannot be made; the file is then as it was
   */
  static @Nullable Path replace(FileChange change, Instant now) {
    checkWritable(change.file());
    try {
      Path real = real(change.file());
      createFolder(real);
      try (OpenFolder folder = OpenFolder.of(folder(real));
          Workplace workplace = Workplace.in(folder, "." + real.getFileName() + ".certwright-")) {
        Path backup = replace(change, real, folder, workplace, now);
        folder.sync();
        return backup;
      }
    } catch (IOException e) {
      throw new KubeconfigAccessException(
          "cannot write " + change.file() + ": " + IoProblems.reason(e), e);
    }
  }

  private static @Nullable Path replace(
      FileChange change, Path real, OpenFolder folder, Workplace workplace, Instant now)
      throws IOException {
    Path name = real.getFileName();
    byte[] before = change.before();
    if (before == null) {
      workplace.put(change.after(), null, null, name);
      return null;
    }
    PosixFileAttributeView view = folder.view(name);
    PosixFileAttributes owner = view == null ? null : view.readAttributes();
    // What was read may be another's secret if a link led to it then, and must not be given to the
    // owner of what lies there now.
    if (!folder.holds(name, before) || view != null && !isSame(owner, view.readAttributes())) {
      throw new KubeconfigException(
          change.file() + " was changed by someone else meanwhile; nothing was written, try again");
    }
    Path backup = reserveBackup(real, folder, now);
    boolean kept = false;
    try {
      workplace.put(before, owner, null, backup);
      kept = true;
    } finally {
      if (!kept) {
        folder.deleteFile(backup);
      }
    }
    workplace.put(change.after(), owner, owner == null ? null : owner.permissions(), name);
    return real.resolveSibling(backup);
  }

  private static boolean isSame(@Nullable PosixFileAttributes one, PosixFileAttributes other) {
    return one != null
        && Objects.equals(one.fileKey(), other.fileKey())
        && one.owner().equals(other.owner())
        && other.isRegularFile();
  }

  /** An empty file of a name that nothing had, for the backup to be put over. */
  private static Path reserveBackup(Path real, OpenFolder folder, Instant now) throws IOException {
    String base = real.getFileName() + ".certwright-backup-" + stamp(now);
    for (int i = 1; ; i++) {
      Path backup = Path.of(i == 1 ? base : base + "-" + i);
      try {
        folder.create(backup, new byte[0]);
        return backup;
      } catch (FileAlreadyExistsException e) {
        if (i == 1000) {
          throw e;
        }
      }
    }
  }

  /** {@code 20261124T094512Z}. */
  private static String stamp(Instant now) {
    ZonedDateTime utc = now.atZone(ZoneOffset.UTC);
    return four(utc.getYear())
        + two(utc.getMonthValue())
        + two(utc.getDayOfMonth())
        + "T"
        + two(utc.getHour())
        + two(utc.getMinute())
        + two(utc.getSecond())
        + "Z";
  }

  private static String four(int number) {
    return two(number / 100) + two(number % 100);
  }

  private static String two(int number) {
    return (number < 10 ? "0" : "") + number;
  }
}

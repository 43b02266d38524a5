package dev.certwright.kubeconfig;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Replaces a file as a whole or not at all: a temporary file beside it, synced, renamed over it,
 * the folder synced. A symbolic link stays; the file it leads to is replaced.
 */
final class AtomicFile {
  private static final int LONGEST_CHAIN_OF_LINKS = 40;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
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
      Files.createDirectories(folder, attributes(folder, OWNER_FOLDER));
    }
  }

  private static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  /**
   * Makes the change.
   *
   * @return the backup, null if the file is new
   * @throws KubeconfigAccessException if it cannot be made; the file is then as it was
   */
  static @Nullable Path replace(FileChange change, Instant now) {
    checkWritable(change.file());
    Path temporary = null;
    try {
      Path real = real(change.file());
      createFolder(real);
      byte[] before = change.before();
      Path backup = before == null ? null : backup(real, before, now);
      temporary =
          Files.createTempFile(
              folder(real),
              "." + real.getFileName() + ".certwright-",
              ".tmp",
              attributes(real, OWNER_ONLY));
      write(temporary, change.after());
      if (before != null) {
        keepOwnerAndMode(real, temporary);
      }
      Files.move(
          temporary, real, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      temporary = null;
      sync(folder(real));
      return backup;
    } catch (IOException e) {
      throw new KubeconfigAccessException(
          "cannot write " + change.file() + ": " + IoProblems.reason(e), e);
    } finally {
      discard(temporary);
    }
  }

  private static Path backup(Path real, byte[] content, Instant now) throws IOException {
    String base = real + ".certwright-backup-" + stamp(now);
    for (int i = 1; ; i++) {
      Path backup = Path.of(i == 1 ? base : base + "-" + i);
      try {
        Files.createFile(backup, attributes(real, OWNER_ONLY));
        write(backup, content);
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

  private static void write(Path file, byte[] content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      channel.force(true);
    }
  }

  /** Owner and group are kept where we may give a file away; the mode always is. */
  private static void keepOwnerAndMode(Path from, Path to) throws IOException {
    PosixFileAttributeView old = Files.getFileAttributeView(from, PosixFileAttributeView.class);
    PosixFileAttributeView made = Files.getFileAttributeView(to, PosixFileAttributeView.class);
    if (old == null || made == null) {
      return;
    }
    PosixFileAttributes wanted = old.readAttributes();
    giveTo(wanted, made);
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    permissions.addAll(wanted.permissions());
    if (!made.readAttributes().group().equals(wanted.group())) {
      // What its old group might do is not for the group it has now.
      permissions.remove(PosixFilePermission.GROUP_READ);
      permissions.remove(PosixFilePermission.GROUP_WRITE);
      permissions.remove(PosixFilePermission.GROUP_EXECUTE);
    }
    made.setPermissions(permissions);
  }

  private static void giveTo(PosixFileAttributes wanted, PosixFileAttributeView made)
      throws IOException {
    PosixFileAttributes have = made.readAttributes();
    try {
      if (!have.group().equals(wanted.group())) {
        made.setGroup(wanted.group());
      }
      if (!have.owner().equals(wanted.owner())) {
        made.setOwner(wanted.owner());
      }
    } catch (FileSystemException e) {
      // Only root may give files away; the content is what matters.
      return;
    }
  }

  private static void sync(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static void discard(@Nullable Path temporary) {
    if (temporary == null) {
      return;
    }
    try {
      Files.deleteIfExists(temporary);
    } catch (IOException e) {
      // The reason for giving up is already on its way to the caller.
      temporary.toFile().deleteOnExit();
    }
  }
}

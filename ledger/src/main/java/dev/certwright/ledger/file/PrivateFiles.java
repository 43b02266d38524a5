package dev.certwright.ledger.file;

import dev.certwright.identity.local.FileOwnership;
import dev.certwright.ledger.LedgerAccessException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Files (0600) in folders (0700) that only their owner can read, from the instant they exist. */
final class PrivateFiles {
  private static final boolean POSIX =
      FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  private static final FileAttribute<?>[] FILE =
      attributes(EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
  private static final FileAttribute<?>[] FOLDER =
      attributes(
          EnumSet.of(
              PosixFilePermission.OWNER_READ,
              PosixFilePermission.OWNER_WRITE,
              PosixFilePermission.OWNER_EXECUTE));
  private static final Set<OpenOption> FOLLOWING =
      Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  private static final Set<OpenOption> NOT_FOLLOWING =
      Set.of(
          StandardOpenOption.CREATE,
          StandardOpenOption.READ,
          StandardOpenOption.WRITE,
          LinkOption.NOFOLLOW_LINKS);

  private PrivateFiles() {}

  private static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
    return POSIX
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  /**
   * The file for reading and writing, created if need be.
   *
   * @throws IOException also if it is there and no regular file, or a link that another user put
   *     there or might replace
   */
  static FileChannel openForWriting(Path file) throws IOException {
    requireRegular(file);
    try {
      return FileChannel.open(file, NOT_FOLLOWING, FILE);
    } catch (IOException failed) {
      if (!Files.isSymbolicLink(file)) {
        throw failed;
      }
      requireOwnLink(file);
      return FileChannel.open(file, FOLLOWING, FILE);
    }
  }

  /**
   * Somebody may keep his ledger elsewhere, on a larger disk for one, and a link of his own or of
   * root's leads where he wants it. One of another user leads where that one wants it: root would
   * write over any file.
   */
  static void requireOwnLink(Path link) throws IOException {
    if (!Files.isSymbolicLink(link)) {
      return;
    }
    Path folder = link.toAbsolutePath().getParent();
    if (FileOwnership.of(link, LinkOption.NOFOLLOW_LINKS).isAnothers()
        || folder != null && FileOwnership.of(folder).isExposed()) {
      throw new FileSystemException(
          link.toString(), null, "is a link that another user made or can replace");
    }
  }

  /**
   * Nobody else may write in the folder: he could lead what is written there elsewhere, and take
   * entries away or put others there.
   *
   * @throws LedgerAccessException if others may
   */
  static void requireOwnFolder(Path folder) throws IOException {
    FileOwnership ownership = FileOwnership.of(folder);
    if (ownership.isAnothers()
        || FileOwnership.of(folder, LinkOption.NOFOLLOW_LINKS).isAnothers()) {
      throw new LedgerAccessException(
          "the folder "
              + folder
              + " belongs to another user, who could put other entries there; nothing was recorded",
          "use a folder of your own: --ledger DIR, or CERTWRIGHT_HOME",
          null);
    }
    if (ownership.isChangeableByOthers()) {
      throw new LedgerAccessException(
          "others than its owner may write in "
              + folder
              + ", and put other entries there; nothing was recorded",
          "chmod go-w " + folder,
          null);
    }
  }

  /**
   * The file for reading.
   *
   * @throws IOException also if it is no regular file
   */
  static FileChannel openForReading(Path file) throws IOException {
    requireRegular(file);
    return FileChannel.open(file, StandardOpenOption.READ);
  }

  /** To open a pipe waits for somebody at its other end, for ever. */
  static void requireRegular(Path file) throws IOException {
    if (!Files.isRegularFile(file) && Files.exists(file)) {
      throw new FileSystemException(
          file.toString(), null, Files.isDirectory(file) ? "is a folder" : "is no regular file");
    }
  }

  /** A folder with all above it that are missing; one that is there is left as it is. */
  static void createFolders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      createFolders(parent);
    }
    try {
      Files.createDirectory(folder, FOLDER);
    } catch (FileAlreadyExistsException raced) {
      if (!Files.isDirectory(folder)) {
        throw raced;
      }
    }
  }

  /** The folder and those above it that are not there, the lowest first. */
  static List<Path> missingFolders(Path folder) {
    List<Path> missing = new ArrayList<>();
    for (Path one = folder.toAbsolutePath();
        one != null && !Files.exists(one);
        one = one.getParent()) {
      missing.add(one);
    }
    return missing;
  }

  /** Removes folders as long as they are empty. */
  static void removeEmpty(List<Path> folders) throws IOException {
    for (Path folder : folders) {
      try {
        Files.deleteIfExists(folder);
      } catch (DirectoryNotEmptyException used) {
        return;
      }
    }
  }

  /** Makes the names in a folder durable, where the platform can. */
  static void syncFolder(Path folder) throws IOException {
    if (POSIX) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  /** For people: why the operating system refused, with the file where it names another. */
  static String reason(IOException failure) {
    if (failure instanceof java.nio.file.AccessDeniedException denied) {
      return "permission denied (" + denied.getFile() + ")";
    } else if (failure instanceof NoSuchFileException absent) {
      return absent.getFile() + " does not exist";
    } else if (failure instanceof FileAlreadyExistsException there) {
      return there.getFile() + " is in the way";
    } else if (failure instanceof FileSystemException other && other.getReason() != null) {
      return other.getReason() + " (" + other.getFile() + ")";
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}

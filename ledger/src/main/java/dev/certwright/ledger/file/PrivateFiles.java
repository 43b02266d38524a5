package dev.certwright.ledger.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
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
  private static final Set<StandardOpenOption> OPTIONS =
      EnumSet.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);

  private PrivateFiles() {}

  private static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
    return POSIX
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  /**
   * The file for reading and writing, created if need be.
   *
   * @throws IOException also if it is there and no regular file
   */
  static FileChannel openForWriting(Path file) throws IOException {
    requireRegular(file);
    return FileChannel.open(file, OPTIONS, FILE);
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

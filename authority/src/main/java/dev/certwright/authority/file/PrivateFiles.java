package dev.certwright.authority.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;

/**
 * Files and folders that only their owner can read, from the instant they exist: the mode is set by
 * the call that creates them.
 */
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
  private static final Set<StandardOpenOption> CREATE =
      EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private PrivateFiles() {}

  private static FileAttribute<?>[] attributes(Set<PosixFilePermission> permissions) {
    return POSIX
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  /** A new and empty file, mode 0600, open for writing. */
  static FileChannel create(Path file) throws IOException {
    return FileChannel.open(file, CREATE, FILE);
  }

  /** A new file, mode 0600. */
  static void write(Path file, byte[] bytes, boolean durable) throws IOException {
    try (FileChannel channel = create(file)) {
      writeAll(channel, bytes, durable);
    }
  }

  /**
   * Other contents of the same length for a file that is there; a link is not followed.
   *
   * @throws IOException also if the file is of another length
   */
  static void overwrite(Path file, byte[] bytes, boolean durable) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      if (channel.size() != bytes.length) {
        throw new IOException(file + " has " + channel.size() + " bytes, expected " + bytes.length);
      }
      writeAll(channel, bytes, durable);
    }
  }

  private static void writeAll(FileChannel channel, byte[] bytes, boolean durable)
      throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    if (durable) {
      channel.force(true);
    }
  }

  /**
   * A new file, mode 0600, that is there with all its contents or not at all: it is written under
   * another name first.
   *
   * @throws FileAlreadyExistsException if something is there; it is never overwritten
   */
  static void writeWhole(Path file, byte[] bytes) throws IOException {
    Path unfinished = Unfinished.of(file);
    try (FileChannel channel = create(unfinished)) {
      lock(channel);
      writeAll(channel, bytes, true);
      try {
        // A link, because it fails where something is; a rename would put itself over it.
        Files.createLink(file, unfinished);
      } catch (FileAlreadyExistsException taken) {
        throw taken;
      } catch (UnsupportedOperationException | FileSystemException noLinks) {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
          throw new FileAlreadyExistsException(file.toString());
        }
        Files.move(unfinished, file);
      }
    } finally {
      Files.deleteIfExists(unfinished);
    }
  }

  /** Tells others that this one is alive, where the file system has locks. */
  private static void lock(FileChannel channel) {
    try {
      channel.tryLock();
    } catch (IOException noLocks) {
      // Then nobody else gets one on it either.
    }
  }

  /** For people: what went wrong, where the exception's message alone would not say it. */
  static String describe(IOException failure) {
    String message = failure.getMessage();
    if (message == null) {
      return failure.getClass().getSimpleName();
    } else if (failure instanceof AccessDeniedException) {
      return "permission denied (" + message + ")";
    } else if (failure instanceof NoSuchFileException) {
      return message + " does not exist and cannot be made";
    } else if (failure instanceof FileAlreadyExistsException) {
      return message + " is there and is no folder";
    }
    return message;
  }

  /** A new folder, mode 0700. */
  static void createFolder(Path folder) throws IOException {
    Files.createDirectory(folder, FOLDER);
  }

  /** A folder with all above it that are missing, mode 0700; one that is there is left as it is. */
  static void createFolders(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path parent = folder.toAbsolutePath().getParent();
    if (parent != null) {
      createFolders(parent);
    }
    try {
      createFolder(folder);
    } catch (FileAlreadyExistsException raced) {
      if (!Files.isDirectory(folder)) {
        throw raced;
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
}

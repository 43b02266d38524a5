package dev.certwright.authority.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;

/**
 * The folder of all clients, {@code clients/} by default, with one folder for each. A client's
 * folder is filled under {@code .staging/} and then renamed into its place, so that at any instant,
 * whatever dies, it is there whole or not at all. What a killed process left under {@code
 * .staging/} is removed by the next one. Nothing is ever written through a symbolic link below the
 * root. Safe for use by several threads and several processes.
 */
public final class ClientFolders implements AutoCloseable {
  private static final String STAGING = ".staging";
  private static final String REPLACED = ".replaced";
  private static final String LOCK = ".lock";

  private final Path root;
  private final Path staging;
  private final Path lockFile;
  private final FileChannel lock;
  private final java.util.concurrent.atomic.AtomicLong counter =
      new java.util.concurrent.atomic.AtomicLong();

  private ClientFolders(Path root, Path staging, Path lockFile, FileChannel lock) {
    this.root = root;
    this.staging = staging;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * Opens the folder, and makes it if it is not there.
   *
   * @throws FileAccessException if it cannot be made or written to
   */
  public static ClientFolders open(Path root) {
    try {
      PrivateFiles.createFolders(root);
      Path real = root.toRealPath();
      Path area = real.resolve(STAGING);
      if (Files.exists(area, LinkOption.NOFOLLOW_LINKS)) {
        requireFolder(area);
        removeAbandoned(area);
      } else {
        createIfAbsent(area);
      }
      byte[] id = new byte[8];
      new SecureRandom().nextBytes(id);
      String name = HexFormat.of().formatHex(id);
      Path lockFile = area.resolve(name + LOCK);
      FileChannel lock =
          FileChannel.open(lockFile, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      if (lock.tryLock() == null) {
        throw new IOException("a new lock file is locked by another process");
      }
      Path staging = area.resolve(name);
      PrivateFiles.createFolder(staging);
      return new ClientFolders(real, staging, lockFile, lock);
    } catch (IOException failed) {
      throw new FileAccessException(
          "the folder " + root + " cannot be used: " + describe(failed), failed);
    }
  }

  private static void createIfAbsent(Path folder) throws IOException {
    try {
      PrivateFiles.createFolder(folder);
    } catch (FileAlreadyExistsException raced) {
      requireFolder(folder);
    }
  }

  private static void requireFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      throw new IOException(folder + " is no folder; links are not followed here");
    }
  }

  /** The lock of a living process cannot be taken; one that can be was left behind. */
  private static void removeAbandoned(Path area) throws IOException {
    try (DirectoryStream<Path> locks = Files.newDirectoryStream(area, "*" + LOCK)) {
      for (Path candidate : locks) {
        try (FileChannel channel = FileChannel.open(candidate, StandardOpenOption.WRITE)) {
          FileLock taken = channel.tryLock();
          if (taken != null) {
            String name = candidate.getFileName().toString();
            PrivateFiles.deleteTree(area.resolve(name.substring(0, name.length() - LOCK.length())));
            Files.deleteIfExists(candidate);
          }
        } catch (OverlappingFileLockException | NoSuchFileException othersAreAtIt) {
          // Held by another thread of this process, or removed by another process meanwhile.
        }
      }
    }
  }

  /** The folder that a user's files are in, or would be in. */
  public Path folderOf(String user) {
    return root.resolve(FolderName.of(user));
  }

  /** Whether anything, even a dangling link, lies where the user's folder goes. */
  public boolean exists(String user) {
    return Files.exists(folderOf(user), LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Writes a client's files where nobody looks yet.
   *
   * @param files contents by file name
   * @param durable whether to wait until they are on the disk; if not, the caller sees to it
   * @return the staged folder, for {@link #publish}
   */
  public Path stage(Map<String, byte[]> files, boolean durable) {
    Path folder = staging.resolve(Long.toString(counter.incrementAndGet()));
    try {
      PrivateFiles.createFolder(folder);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        PrivateFiles.write(folder.resolve(file.getKey()), file.getValue(), durable);
      }
      if (durable) {
        PrivateFiles.syncFolder(folder);
      }
      return folder;
    } catch (IOException failed) {
      throw new FileAccessException(
          "the files cannot be written to " + root + ": " + describe(failed), failed);
    }
  }

  /**
   * Puts a staged folder in its place.
   *
   * @param replace whether what is there already is moved aside to {@code .replaced/}
   * @param durable whether to wait until the name is on the disk
   * @param stamp tells replaced folders apart, such as a time
   * @return the place
   * @throws ExistsException if something is there and it is not to be replaced
   */
  public Path publish(Path staged, String user, boolean replace, boolean durable, String stamp) {
    Path place = folderOf(user);
    try {
      if (Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        if (!replace) {
          throw new ExistsException(place);
        }
        moveAside(place, stamp);
      }
      Files.move(staged, place, StandardCopyOption.ATOMIC_MOVE);
      if (durable) {
        PrivateFiles.syncFolder(root);
      }
      return place;
    } catch (FileAlreadyExistsException | DirectoryNotEmptyException raced) {
      throw new ExistsException(place);
    } catch (IOException failed) {
      throw new FileAccessException(
          place + " cannot be put in its place: " + describe(failed), failed);
    }
  }

  private void moveAside(Path place, String stamp) throws IOException {
    Path aside = root.resolve(REPLACED);
    createIfAbsent(aside);
    Path target = aside.resolve(place.getFileName() + "-" + stamp);
    for (int i = 2; Files.exists(target, LinkOption.NOFOLLOW_LINKS); i++) {
      target = aside.resolve(place.getFileName() + "-" + stamp + "-" + i);
    }
    Files.move(place, target, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Makes all that was staged or published so far durable at once. */
  public void sync() {
    try {
      FileSystemSync.sync(root);
    } catch (IOException failed) {
      throw new FileAccessException(
          "the files in " + root + " cannot be made durable: " + describe(failed), failed);
    }
  }

  /** Removes what was staged and not published. */
  @Override
  public void close() {
    try {
      PrivateFiles.deleteTree(staging);
      lock.close();
      Files.deleteIfExists(lockFile);
    } catch (IOException leftBehind) {
      throw new FileAccessException(
          staging + " cannot be removed: " + describe(leftBehind), leftBehind);
    }
  }

  private static String describe(IOException failure) {
    if (failure instanceof java.nio.file.AccessDeniedException) {
      return "permission denied (" + failure.getMessage() + ")";
    }
    String message = failure.getMessage();
    return message == null ? failure.getClass().getSimpleName() : message;
  }
}

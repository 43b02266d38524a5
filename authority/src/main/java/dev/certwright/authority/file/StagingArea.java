package dev.certwright.authority.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A folder of one process under {@code .staging/}, with a locked file beside it for as long as the
 * process lives: both have 16 hexadecimal digits for a name, the file {@code .lock} after them.
 * What has another name there is nobody's here and left alone.
 */
final class StagingArea implements AutoCloseable {
  private static final Path NAME = Path.of(".staging");
  private static final String LOCK = ".lock";
  private static final int DIGITS = 16;
  private static final int ATTEMPTS = 1000;
  private static final Set<OpenOption> FOR_LOCKING =
      Set.of(StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  /**
   * The lock files of this process. They must not be opened a second time: POSIX gives up a lock
   * when any file that is open on it is closed.
   */
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path root;
  private final Path folder;
  private final Path lockFile;
  private final FileChannel lock;

  private StagingArea(Path root, Path folder, Path lockFile, FileChannel lock) {
    this.root = root;
    this.folder = folder;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /**
   * Makes one, and removes those that killed processes left.
   *
   * @param root the folder that {@code .staging/} is in
   * @throws IOException also if {@code .staging} is a link, another's or may be written by others
   */
  static StagingArea open(Path root) throws IOException {
    Path all = root.resolve(NAME);
    OwnFolder.createIfAbsent(all);
    removeAbandoned(root, all);
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      byte[] id = new byte[DIGITS / 2];
      new SecureRandom().nextBytes(id);
      StagingArea area = tryOpen(root, all, HexFormat.of().formatHex(id));
      if (area != null) {
        return area;
      }
    }
    throw new IOException("other processes take every lock file for an abandoned one");
  }

  private static @Nullable StagingArea tryOpen(Path root, Path all, String name)
      throws IOException {
    Path lockFile = all.resolve(name + LOCK);
    HELD.add(lockFile);
    FileChannel lock = null;
    try {
      lock = lock(lockFile);
      if (lock != null) {
        Path folder = all.resolve(name);
        PrivateFiles.createFolder(folder);
        return new StagingArea(root, folder, lockFile, lock);
      }
    } catch (IOException failed) {
      if (lock != null) {
        Files.deleteIfExists(lockFile);
        lock.close();
      }
      HELD.remove(lockFile);
      throw failed;
    }
    HELD.remove(lockFile);
    return null;
  }

  /**
   * Makes a lock file and locks it.
   *
   * @return null if another process came between and took it for one that was left behind
   */
  private static @Nullable FileChannel lock(Path file) throws IOException {
    FileChannel channel = PrivateFiles.create(file);
    try {
      if (channel.tryLock() != null && Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
        return channel;
      }
    } catch (IOException noLocks) {
      channel.close();
      Files.deleteIfExists(file);
      throw noLocks;
    }
    channel.close();
    return null;
  }

  /** The lock of a living process cannot be taken; one that can be was left behind. */
  private static void removeAbandoned(Path root, Path all) throws IOException {
    // One thread at a time: closing a file gives up every lock that this process has on it.
    synchronized (HELD) {
      try (DirectoryStream<Path> above = Files.newDirectoryStream(root)) {
        if (above instanceof SecureDirectoryStream<Path> secure) {
          try (SecureDirectoryStream<Path> entries =
              secure.newDirectoryStream(NAME, LinkOption.NOFOLLOW_LINKS)) {
            removeAbandoned(all, entries);
          }
        } else {
          removeAbandonedByPath(all);
        }
      } catch (DirectoryIteratorException failed) {
        throw failed.getCause();
      }
    }
  }

  private static void removeAbandoned(Path all, SecureDirectoryStream<Path> entries)
      throws IOException {
    for (Path entry : entries) {
      Path file = entry.getFileName();
      if (isLockOfNobodyHere(all, file) && isRegular(entries, file)) {
        try (SeekableByteChannel channel = entries.newByteChannel(file, FOR_LOCKING)) {
          if (channel instanceof FileChannel lock && lock.tryLock() != null) {
            TreeRemoval.remove(entries, folderOf(file));
            TreeRemoval.remove(entries, file);
          }
        } catch (NoSuchFileException removedByAnother) {
          // Which is what was wanted.
        }
      }
    }
  }

  private static boolean isRegular(SecureDirectoryStream<Path> folder, Path name)
      throws IOException {
    try {
      return folder
          .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
          .readAttributes()
          .isRegularFile();
    } catch (NoSuchFileException removedByAnother) {
      return false;
    }
  }

  private static void removeAbandonedByPath(Path all) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(all)) {
      for (Path entry : entries) {
        if (isLockOfNobodyHere(all, entry.getFileName())
            && Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)) {
          try (FileChannel channel = FileChannel.open(entry, FOR_LOCKING)) {
            if (channel.tryLock() != null) {
              TreeRemoval.removeByPath(all.resolve(folderOf(entry.getFileName())));
              Files.deleteIfExists(entry);
            }
          } catch (NoSuchFileException removedByAnother) {
            // Which is what was wanted.
          }
        }
      }
    }
  }

  /** Exactly a name as it is made here: of any other one, nothing may be said about its folder. */
  private static boolean isLockOfNobodyHere(Path all, Path file) {
    String name = file.toString();
    if (name.length() != DIGITS + LOCK.length() || !name.endsWith(LOCK)) {
      return false;
    }
    for (int i = 0; i < DIGITS; i++) {
      char c = name.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return !HELD.contains(all.resolve(file));
  }

  private static Path folderOf(Path lockFile) {
    return Path.of(lockFile.toString().substring(0, DIGITS));
  }

  /** Where this process stages. */
  Path folder() {
    return folder;
  }

  /** Removes one folder that was staged here. */
  void discard(Path staged) throws IOException {
    TreeRemoval.remove(root, NAME.resolve(folder.getFileName()).resolve(staged.getFileName()));
  }

  /** Removes what was staged and not moved elsewhere. */
  @Override
  public void close() throws IOException {
    try {
      TreeRemoval.remove(root, NAME.resolve(folder.getFileName()));
      // While it is still locked, so that nobody can find it and take it for abandoned.
      TreeRemoval.remove(root, NAME.resolve(lockFile.getFileName()));
      lock.close();
    } finally {
      HELD.remove(lockFile);
    }
  }
}

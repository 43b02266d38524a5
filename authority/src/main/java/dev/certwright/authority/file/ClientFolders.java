package dev.certwright.authority.file;

import dev.certwright.identity.local.FileOwnership;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The folder of all clients, {@code clients/} by default, with one folder for each. A client's
 * folder is filled under {@code .staging/} and then renamed into its place, so that at any instant,
 * whatever dies, it is there whole or not at all. What a killed process left under {@code
 * .staging/} is removed by the next one. Nothing is ever written through a symbolic link below the
 * root. Safe for use by several threads and several processes.
 */
public final class ClientFolders implements AutoCloseable {
  private static final String REPLACED = ".replaced";
  private static final int ATTEMPTS = 1000;

  /** With more of them, each name is looked for exactly. */
  private static final int MAXIMUM_UNSEEN = 1000;

  private final Path root;
  private final StagingArea staging;
  private final AtomicLong counter = new AtomicLong();

  /** Names that lead nowhere, which a quick look misses; null before they were looked for. */
  private volatile @Nullable Set<Path> unseen;

  private ClientFolders(Path root, StagingArea staging) {
    this.root = root;
    this.staging = staging;
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
      return new ClientFolders(real, StagingArea.open(real));
    } catch (IOException failed) {
      throw new FileAccessException(
          "the folder " + root + " cannot be used: " + PrivateFiles.describe(failed), failed);
    }
  }

  /**
   * What lets other users put another's files in the place of these: they may write in the folder,
   * or it belongs to one who is not root.
   *
   * @return words to follow the folder's name, empty if nothing does; so also where the file system
   *     knows no owners and modes
   * @throws FileAccessException if that cannot be looked at
   */
  public String exposure() {
    try {
      FileOwnership ownership = FileOwnership.of(root);
      if (ownership.isAnothers()) {
        return "belongs to another user of this machine (" + Files.getOwner(root).getName() + ")";
      }
      return ownership.isChangeableByOthers()
          ? "can be changed by other users of this machine"
          : "";
    } catch (IOException failed) {
      throw new FileAccessException(
          "the mode of " + root + " cannot be read: " + PrivateFiles.describe(failed), failed);
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
   * The same at a quarter of the cost where nothing is there, as it is for nearly everybody of a
   * list. A link to nowhere that is made after the first call is missed; {@link #publish} finds it.
   *
   * @throws FileAccessException if the folder of all clients cannot be read
   */
  public boolean existsAtTarget(String user) {
    Path place = folderOf(user);
    return isSeen(place) || leadsNowhere(place);
  }

  private boolean leadsNowhere(Path place) {
    Set<Path> names = unseen;
    if (names == null) {
      names = findUnseen();
    }
    return (names.size() > MAXIMUM_UNSEEN || names.contains(place))
        && Files.exists(place, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Links to nowhere lie there seldom, and looking for each of them by its name costs a failure.
   */
  private synchronized Set<Path> findUnseen() {
    Set<Path> found = unseen;
    if (found == null) {
      found = new HashSet<>();
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(root)) {
        for (Path entry : entries) {
          if (!isSeen(entry)) {
            found.add(entry);
          }
          if (found.size() > MAXIMUM_UNSEEN) {
            break;
          }
        }
      } catch (IOException failed) {
        throw unlistable(failed);
      } catch (DirectoryIteratorException failed) {
        throw unlistable(new IOException(failed));
      }
      unseen = found;
    }
    return found;
  }

  private FileAccessException unlistable(IOException failed) {
    return new FileAccessException(
        "the folder " + root + " cannot be read: " + PrivateFiles.describe(failed), failed);
  }

  // Looking without exceptions misses names, too, that the locale cannot write.
  private static boolean isSeen(Path place) {
    File quick = place.toFile();
    return quick.toPath().equals(place)
        ? quick.exists()
        : Files.exists(place, LinkOption.NOFOLLOW_LINKS);
  }

  /**
   * Writes a client's files where nobody looks yet.
   *
   * @param files contents by file name
   * @param durable whether to wait until they are on the disk; if not, the caller sees to it
   * @return the staged folder, for {@link #publish}
   */
  public Path stage(Map<String, byte[]> files, boolean durable) {
    return stage(files, Set.of(), durable);
  }

  /**
   * The same, with blanks in the place of some files: zeros, as many as the file will have bytes.
   * What must not be on the disk before it is recorded elsewhere is withheld so, while the room
   * that it takes is taken already: a disk that is full shows before anything is recorded.
   *
   * @param files contents by file name
   * @param withheld names of those that {@link #complete} writes; never waited for here
   * @param durable whether to wait until the others are on the disk; if not, the caller sees to it
   * @return the staged folder, for {@link #complete} and {@link #publish}
   * @throws FileAccessException if they cannot be written
   */
  public Path stage(Map<String, byte[]> files, Set<String> withheld, boolean durable) {
    Path folder = staging.folder().resolve(Long.toString(counter.incrementAndGet()));
    try {
      PrivateFiles.createFolder(folder);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        boolean blank = withheld.contains(file.getKey());
        byte[] contents = blank ? new byte[file.getValue().length] : file.getValue();
        PrivateFiles.write(folder.resolve(file.getKey()), contents, durable && !blank);
      }
      if (durable) {
        PrivateFiles.syncFolder(folder);
      }
      return folder;
    } catch (IOException failed) {
      discard(folder, failed);
      throw unwritable(failed);
    }
  }

  /**
   * Writes what was withheld over its blanks, now that it may be on the disk. Links are not
   * followed.
   *
   * @param staged a folder of {@link #stage(Map, Set, boolean)}
   * @param files contents of the withheld files by name, as they were given to it
   * @param durable whether to wait until they are on the disk; if not, the caller sees to it
   * @throws FileAccessException if they cannot be written, or a blank is not as it was left; the
   *     folder must not be published then
   */
  public void complete(Path staged, Map<String, byte[]> files, boolean durable) {
    try {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        PrivateFiles.overwrite(staged.resolve(file.getKey()), file.getValue(), durable);
      }
      if (durable) {
        PrivateFiles.syncFolder(staged);
      }
    } catch (IOException failed) {
      throw unwritable(failed);
    }
  }

  private FileAccessException unwritable(IOException failed) {
    return new FileAccessException(
        "the files cannot be written to " + root + ": " + PrivateFiles.describe(failed), failed);
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
      move(staged, place, replace, stamp);
      if (durable) {
        PrivateFiles.syncFolder(root);
      }
      return place;
    } catch (IOException failed) {
      throw new FileAccessException(
          place + " cannot be put in its place: " + PrivateFiles.describe(failed), failed);
    }
  }

  /** Others may publish the same user at the same time: whoever comes later finds that out here. */
  private void move(Path staged, Path place, boolean replace, String stamp) throws IOException {
    IOException last = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Path aside = null;
      // Nearly always nothing is there. Moving to where a link to nowhere is fails, and then it is
      // looked for.
      if (attempt == 0 ? isSeen(place) : Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
        if (!replace) {
          throw new ExistsException(place);
        }
        aside = moveAside(place, stamp);
      }
      try {
        Files.move(staged, place, StandardCopyOption.ATOMIC_MOVE);
        return;
      } catch (FileSystemException failed) {
        last = failed;
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
          if (aside != null) {
            Files.move(aside, place, StandardCopyOption.ATOMIC_MOVE);
          }
          throw failed;
        }
      }
    }
    throw last == null ? new IOException("it is taken again and again") : last;
  }

  /** Returns where it is now, or null if somebody else moved it meanwhile. */
  private @Nullable Path moveAside(Path place, String stamp) throws IOException {
    Path aside = root.resolve(REPLACED);
    OwnFolder.createIfAbsent(aside);
    String name = place.getFileName() + "-" + stamp;
    IOException last = null;
    for (int i = 1; i <= ATTEMPTS; i++) {
      Path target = aside.resolve(i == 1 ? name : name + "-" + i);
      if (Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
        continue;
      }
      try {
        Files.move(place, target, StandardCopyOption.ATOMIC_MOVE);
        PrivateFiles.syncFolder(aside);
        return target;
      } catch (NoSuchFileException movedByAnother) {
        return null;
      } catch (FileSystemException takenMeanwhile) {
        last = takenMeanwhile;
      }
    }
    throw last == null ? new IOException(aside + " holds too many of this name") : last;
  }

  private void discard(Path folder, IOException cause) {
    try {
      staging.discard(folder);
    } catch (IOException leftForClose) {
      cause.addSuppressed(leftForClose);
    }
  }

  /** Makes all that was staged or published so far durable at once. */
  public void sync() {
    try {
      FileSystemSync.sync(root);
    } catch (IOException failed) {
      throw new FileAccessException(
          "the files in " + root + " cannot be made durable: " + PrivateFiles.describe(failed),
          failed);
    }
  }

  /** Removes what was staged and not published. */
  @Override
  public void close() {
    try {
      staging.close();
    } catch (IOException leftBehind) {
      throw new FileAccessException(
          staging.folder() + " cannot be removed: " + PrivateFiles.describe(leftBehind),
          leftBehind);
    }
  }
}

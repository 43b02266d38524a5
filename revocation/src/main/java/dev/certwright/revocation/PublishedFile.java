package dev.certwright.revocation;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A file that another program reads whenever it changes, and must never see half of: written under
 * another name in the same folder, synced, and renamed. The one before stays beside it, named
 * {@code .previous} at the end.
 */
public final class PublishedFile {
  /** The most that is read of one; the largest denylist is an eighth of it. */
  private static final int LIMIT = 32 << 20;

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);

  private final Path file;

  /** The file of this name, which need not be there. */
  public PublishedFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** Where it is. */
  public Path path() {
    return file;
  }

  /** Where the one before is kept. */
  public Path previous() {
    return file.resolveSibling(file.getFileName() + ".previous");
  }

  /**
   * What it holds, null if it is not there.
   *
   * @throws OutletAccessException if it cannot be read, or is larger than 32 MiB
   */
  public byte @Nullable [] read() {
    try (var in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LIMIT + 1);
      if (bytes.length > LIMIT) {
        throw new OutletAccessException(
            file + " is larger than 32 MiB", "name the file that the API server reads", null);
      }
      return bytes;
    } catch (NoSuchFileException absent) {
      return null;
    } catch (IOException failed) {
      throw new OutletAccessException(
          file + " cannot be read: " + reason(failed), "run this as who may read it", failed);
    }
  }

  /**
   * Replaces it if it differs. Owner and mode stay; a new one is for its owner only.
   *
   * @return whether anything had to be done
   * @throws OutletAccessException if it cannot be written; then it is as it was
   */
  public boolean write(byte[] content) {
    return write(content, true);
  }

  /**
   * The same, and the one before is not kept beside it: the kubelet runs whatever lies in the
   * folder of its manifests.
   *
   * @return whether anything had to be done
   * @throws OutletAccessException if it cannot be written; then it is as it was
   */
  public boolean replace(byte[] content) {
    return write(content, false);
  }

  private boolean write(byte[] content, boolean keep) {
    byte[] before = read();
    if (before != null && Arrays.equals(before, content)) {
      return false;
    }
    try {
      Path real = Files.isSymbolicLink(file) ? file.toRealPath() : file;
      if (before != null && keep) {
        replace(real.resolveSibling(real.getFileName() + ".previous"), before, real);
      }
      replace(real, content, before == null ? null : real);
      return true;
    } catch (IOException failed) {
      throw new OutletAccessException(
          file + " cannot be written: " + reason(failed),
          "nothing was changed there; run this as who may write it, and see that its folder exists",
          failed);
    }
  }

  private static void replace(Path target, byte[] content, @Nullable Path model)
      throws IOException {
    Path folder = target.getParent();
    if (folder == null) {
      throw new IOException(target + " is no place for a file");
    }
    Path unfinished = folder.resolve("." + target.getFileName() + "." + UUID.randomUUID());
    try {
      // Made and opened at once: meanwhile the folder's owner could put a link in its place.
      try (FileChannel channel = FileChannel.open(unfinished, NEW, attributes(target))) {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        if (model != null) {
          keepOwnerAndMode(model, unfinished);
        }
        channel.force(true);
      }
      Files.move(
          unfinished, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(unfinished);
    }
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static FileAttribute<?>[] attributes(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
        : new FileAttribute<?>[0];
  }

  private static void keepOwnerAndMode(Path model, Path made) throws IOException {
    PosixFileAttributeView view =
        Files.getFileAttributeView(made, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    if (view == null) {
      return;
    }
    PosixFileAttributes wanted = Files.readAttributes(model, PosixFileAttributes.class);
    PosixFileAttributes have =
        Files.readAttributes(made, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    try {
      if (!have.group().equals(wanted.group())) {
        view.setGroup(wanted.group());
      }
      if (!have.owner().equals(wanted.owner())) {
        view.setOwner(wanted.owner());
      }
    } catch (FileSystemException notAllowed) {
      // Only root gives files away. A reader of another group would be locked out by the old mode.
      throw new IOException(
          "its owner or group is another's, and only root can keep that", notAllowed);
    }
    view.setPermissions(wanted.permissions());
  }

  private static String reason(IOException failure) {
    String message = failure.getMessage();
    if (message == null) {
      return failure.getClass().getSimpleName();
    }
    if (failure instanceof AccessDeniedException) {
      return "permission denied";
    }
    return failure instanceof NoSuchFileException ? "its folder does not exist" : message;
  }
}

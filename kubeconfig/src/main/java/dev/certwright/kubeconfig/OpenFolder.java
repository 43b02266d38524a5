package dev.certwright.kubeconfig;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder that stays open: what is done with a name in it happens there, whatever is put in the
 * place of its path meanwhile, and links of that name are never followed. Where the platform has no
 * such folders, the path is used.
 */
final class OpenFolder implements Closeable {
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");
  private static final Set<PosixFilePermission> OWNER_FOLDER =
      PosixFilePermissions.fromString("rwx------");
  private static final Set<OpenOption> CREATE =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
  private static final Set<OpenOption> READ =
      Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

  private final Path path;
  private final DirectoryStream<Path> stream;
  private final @Nullable SecureDirectoryStream<Path> secure;

  private OpenFolder(Path path, DirectoryStream<Path> stream) {
    this.path = path;
    this.stream = stream;
    this.secure = stream instanceof SecureDirectoryStream<Path> open ? open : null;
  }

  /** Opens a folder by its path. */
  @SuppressWarnings("StreamResourceLeak") // Closed with the folder.
  static OpenFolder of(Path path) throws IOException {
    return new OpenFolder(path, Files.newDirectoryStream(path));
  }

  /** Opens a folder in this one; a link is an error. */
  @SuppressWarnings("StreamResourceLeak") // Closed with the folder.
  OpenFolder folder(Path name) throws IOException {
    Path below = path.resolve(name);
    return new OpenFolder(
        below,
        secure == null
            ? Files.newDirectoryStream(below)
            : secure.newDirectoryStream(name, LinkOption.NOFOLLOW_LINKS));
  }

  Path path() {
    return path;
  }

  /** Whether it does stay open, so that nobody can lead it elsewhere. */
  boolean isHeld() {
    return secure != null;
  }

  /** Makes a folder in this one, for its owner only. */
  void createFolder(Path name) throws IOException {
    Files.createDirectory(path.resolve(name), attributes(path, OWNER_FOLDER));
  }

  /**
   * Makes a file, for its owner only, and waits until it is on the disk.
   *
   * @throws java.nio.file.FileAlreadyExistsException if anything of that name is there
   */
  void create(Path name, byte[] content) throws IOException {
    FileAttribute<?>[] mode = attributes(path, OWNER_ONLY);
    try (SeekableByteChannel channel =
        secure == null
            ? Files.newByteChannel(path.resolve(name), CREATE, mode)
            : secure.newByteChannel(name, CREATE, mode)) {
      ByteBuffer buffer = ByteBuffer.wrap(content);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
      if (channel instanceof FileChannel file) {
        file.force(true);
      }
    }
  }

  /** Whether a file holds just these bytes. */
  boolean holds(Path name, byte[] expected) throws IOException {
    try (SeekableByteChannel channel =
        secure == null
            ? Files.newByteChannel(path.resolve(name), READ)
            : secure.newByteChannel(name, READ)) {
      ByteBuffer found = ByteBuffer.allocate(expected.length + 1);
      while (found.hasRemaining() && channel.read(found) >= 0) {}
      return found.flip().equals(ByteBuffer.wrap(expected));
    }
  }

  /** Owner and mode of a name in it, null where there are none. */
  @Nullable PosixFileAttributeView view(Path name) {
    return secure == null
        ? Files.getFileAttributeView(
            path.resolve(name), PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        : secure.getFileAttributeView(
            name, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
  }

  /** Owner and mode of the folder itself, null where there are none. */
  @Nullable PosixFileAttributeView view() {
    return secure == null
        ? Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        : secure.getFileAttributeView(PosixFileAttributeView.class);
  }

  /** Renames, over what is there. */
  void move(Path name, OpenFolder to, Path target) throws IOException {
    if (secure != null && to.secure != null) {
      secure.move(name, to.secure, target);
    } else {
      Files.move(
          path.resolve(name),
          to.path.resolve(target),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    }
  }

  void deleteFile(Path name) throws IOException {
    if (secure == null) {
      Files.delete(path.resolve(name));
    } else {
      secure.deleteFile(name);
    }
  }

  void deleteFolder(Path name) throws IOException {
    if (secure == null) {
      Files.delete(path.resolve(name));
    } else {
      secure.deleteDirectory(name);
    }
  }

  /** Makes the names in it durable. */
  void sync() throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  static FileAttribute<?>[] attributes(Path path, Set<PosixFilePermission> permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)}
        : new FileAttribute<?>[0];
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }
}

package dev.certwright.kubeconfig;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A folder for its owner only, beside a file that is to be replaced. What becomes of that file is
 * written, and given to its owner, in here: the owner of the folder around it can put links, and
 * files that are not his, in the place of names there, but not of names in here.
 */
final class Workplace implements Closeable {
  private static final Path SELF = Path.of("/proc/self");
  private static final Path MADE = Path.of("made");

  private final OpenFolder around;
  private final Path name;
  private final OpenFolder inside;

  private Workplace(OpenFolder around, Path name, OpenFolder inside) {
    this.around = around;
    this.name = name;
    this.inside = inside;
  }

  /**
   * Makes one.
   *
   * @throws KubeconfigAccessException if root would work in another's folder and the platform
   *     cannot keep it safe
   */
  static Workplace in(OpenFolder around, String prefix) throws IOException {
    byte[] id = new byte[8];
    new SecureRandom().nextBytes(id);
    Path name = Path.of(prefix + HexFormat.of().formatHex(id));
    around.createFolder(name);
    Workplace made = new Workplace(around, name, around.folder(name));
    boolean usable = false;
    try {
      made.requireOnesOwn();
      usable = true;
      return made;
    } finally {
      if (!usable) {
        made.close();
      }
    }
  }

  private void requireOnesOwn() throws IOException {
    PosixFileAttributeView view = inside.view();
    PosixFileAttributeView outer = around.view();
    if (view == null || outer == null) {
      return;
    }
    PosixFileAttributes mine = view.readAttributes();
    // Others cannot give files away; and some file systems show another owner for what they make.
    boolean root = isRoot();
    if (root && Files.exists(SELF) && !mine.owner().equals(Files.getOwner(SELF))) {
      throw new IOException("somebody else put a folder in the place of " + inside.path());
    }
    PosixFileAttributes theirs = outer.readAttributes();
    if (root && !around.isHeld() && !theirs.owner().equals(mine.owner())) {
      throw new KubeconfigAccessException(
          "folder "
              + around.path()
              + " belongs to "
              + theirs.owner().getName()
              + ", who could lead root's writing elsewhere; nothing was changed; run this as that"
              + " user: sudo -u "
              + theirs.owner().getName());
    }
  }

  private boolean isRoot() throws IOException {
    return around.path().getFileSystem().supportedFileAttributeViews().contains("unix")
        && Integer.valueOf(0)
            .equals(Files.getAttribute(Files.exists(SELF) ? SELF : inside.path(), "unix:uid"));
  }

  /**
   * Puts a file into the folder around, over what has that name there.
   *
   * @param owner whose it is to be, and of which group; null for one's own
   * @param mode its mode; null for its owner only
   */
  void put(
      byte[] content,
      @Nullable PosixFileAttributes owner,
      @Nullable Set<PosixFilePermission> mode,
      Path target)
      throws IOException {
    inside.create(MADE, content);
    PosixFileAttributeView made = inside.view(MADE);
    if (made != null && owner != null) {
      giveTo(owner, made);
      if (mode != null) {
        made.setPermissions(allowed(made, owner, mode));
      }
    }
    inside.move(MADE, around, target);
  }

  /** Owner and group are kept where we may give a file away. */
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

  private static Set<PosixFilePermission> allowed(
      PosixFileAttributeView made, PosixFileAttributes wanted, Set<PosixFilePermission> mode)
      throws IOException {
    Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
    permissions.addAll(mode);
    if (!made.readAttributes().group().equals(wanted.group())) {
      // What its old group might do is not for the group it has now.
      permissions.remove(PosixFilePermission.GROUP_READ);
      permissions.remove(PosixFilePermission.GROUP_WRITE);
      permissions.remove(PosixFilePermission.GROUP_EXECUTE);
    }
    return permissions;
  }

  /** What cannot be removed is empty; whether the file was replaced does not depend on it. */
  @Override
  public void close() {
    try (inside) {
      inside.deleteFile(MADE);
    } catch (IOException moved) {
      // It is in its place, as a rule.
    }
    try {
      around.deleteFolder(name);
    } catch (IOException leftBehind) {
      // Whoever moved it away has it.
    }
  }
}

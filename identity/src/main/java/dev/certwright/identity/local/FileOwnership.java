package dev.certwright.identity.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * Whose a file or folder is, and whether others may write it. Whoever may write a folder can put
 * something else in the place of what is in it; whoever owns one can let himself write it.
 *
 * @param uid the owner's number
 * @param mode the permission bits and the sticky one
 * @param self the number of who runs this; -1 if it is not known
 */
public record FileOwnership(int uid, int mode, int self) {
  private static final Path SELF = Path.of("/proc/self");
  private static final int ROOT = 0;
  private static final int STICKY = 01000;
  private static final int WRITABLE_BY_OTHERS = 0022;
  private static final int NOT_KNOWN = -1;

  /** Of what lies on a file system that knows no owners: all is one's own there. */
  private static final FileOwnership ONES_OWN = new FileOwnership(NOT_KNOWN, 0700, NOT_KNOWN);

  /**
   * Looks at a file.
   *
   * @param options {@link LinkOption#NOFOLLOW_LINKS} to look at a link itself
   * @throws IOException if it cannot be looked at, or is not there
   */
  public static FileOwnership of(Path path, LinkOption... options) throws IOException {
    if (!path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return ONES_OWN;
    }
    return new FileOwnership(
        (int) Files.getAttribute(path, "unix:uid", options),
        (int) Files.getAttribute(path, "unix:mode", options),
        Self.UID);
  }

  /** Read once, when it is first asked for. */
  private static final class Self {
    private static final int UID = read();

    private static int read() {
      try {
        return Files.exists(SELF) ? (int) Files.getAttribute(SELF, "unix:uid") : NOT_KNOWN;
      } catch (IOException hidden) {
        return NOT_KNOWN;
      }
    }
  }

  /** Whether it belongs to who runs this; true where that cannot be told. */
  public boolean isOnesOwn() {
    return self == NOT_KNOWN || uid == self;
  }

  /** Whether it belongs to neither who runs this nor root, who can do everything anyway. */
  public boolean isAnothers() {
    return uid != ROOT && !isOnesOwn();
  }

  /** Whether its group or everybody may write it. */
  public boolean isWritableByOthers() {
    return (mode & WRITABLE_BY_OTHERS) != 0;
  }

  /**
   * Whether others may rename and remove what is in this folder. Where the sticky bit is set, as it
   * is of {@code /tmp}, only owners may.
   */
  public boolean isChangeableByOthers() {
    return isWritableByOthers() && (mode & STICKY) == 0;
  }

  /** Whether anybody but who runs this and root can change what is in this folder. */
  public boolean isExposed() {
    return isAnothers() || isChangeableByOthers();
  }
}

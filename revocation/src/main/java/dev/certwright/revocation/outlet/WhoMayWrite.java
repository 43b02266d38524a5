package dev.certwright.revocation.outlet;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/**
 * Whether a file says what its owner wants: nobody but who runs this, and root, may write or
 * replace it.
 */
final class WhoMayWrite {
  private static final Path SELF = Path.of("/proc/self");
  private static final int STICKY = 01000;

  private WhoMayWrite() {}

  /**
   * Who else may; empty if nobody, or if the file system has no such permissions.
   *
   * @throws IOException if it cannot be looked at
   */
  static String problem(Path file) throws IOException {
    if (!file.getFileSystem().supportedFileAttributeViews().contains("unix")) {
      return "";
    }
    Path folder = file.toAbsolutePath().getParent();
    String mode = ofMode(file);
    if (!mode.isEmpty()) {
      return mode + " may write it";
    } else if (isForeign(file)) {
      return "it belongs to another user (" + Files.getOwner(file).getName() + ")";
    } else if (folder == null) {
      return "";
    }
    // Where the bit is set, as in /tmp, only its owner may replace a file.
    String inFolder =
        ((int) Files.getAttribute(folder, "unix:mode") & STICKY) != 0 ? "" : ofMode(folder);
    if (!inFolder.isEmpty()) {
      return inFolder + " may replace it, by the mode of its folder";
    }
    return isForeign(folder)
        ? "its folder belongs to another user (" + Files.getOwner(folder).getName() + ")"
        : "";
  }

  private static String ofMode(Path file) throws IOException {
    Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
    if (mode.contains(PosixFilePermission.OTHERS_WRITE)) {
      return "anybody";
    }
    return mode.contains(PosixFilePermission.GROUP_WRITE) ? "its group" : "";
  }

  private static boolean isForeign(Path file) throws IOException {
    int owner = (int) Files.getAttribute(file, "unix:uid");
    return owner != 0 && Files.exists(SELF) && owner != (int) Files.getAttribute(SELF, "unix:uid");
  }
}

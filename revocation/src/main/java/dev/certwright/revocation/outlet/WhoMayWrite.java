package dev.certwright.revocation.outlet;

import dev.certwright.identity.local.FileOwnership;
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
    } else if (FileOwnership.of(file).isAnothers()) {
      return "it belongs to another user (" + Files.getOwner(file).getName() + ")";
    } else if (folder == null) {
      return "";
    }
    // Where the bit is set, as in /tmp, only its owner may replace a file.
    String inFolder = FileOwnership.of(folder).isChangeableByOthers() ? ofMode(folder) : "";
    if (!inFolder.isEmpty()) {
      return inFolder + " may replace it, by the mode of its folder";
    }
    return FileOwnership.of(folder).isAnothers()
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
}

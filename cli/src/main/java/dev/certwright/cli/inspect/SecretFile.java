package dev.certwright.cli.inspect;

import dev.certwright.authority.Finding;
import dev.certwright.authority.Severity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What is odd about a file itself, whatever is in it. */
public final class SecretFile {
  private SecretFile() {}

  /** A finding if the file holds a secret that others than its owner can read. */
  public static @Nullable Finding readableByOthers(Path file) {
    try {
      Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
      if (mode.contains(PosixFilePermission.GROUP_READ)
          || mode.contains(PosixFilePermission.OTHERS_READ)) {
        return new Finding(
            Severity.WARNING,
            "file-mode",
            file
                + " holds a private key and can be read by "
                + (mode.contains(PosixFilePermission.OTHERS_READ) ? "everybody" : "its group"),
            "chmod 600 " + file);
      }
      return null;
    } catch (IOException | UnsupportedOperationException unknown) {
      return null;
    }
  }
}

package dev.certwright.authentication.secret;

import dev.certwright.authentication.CredentialFileException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** Who else may touch a file of secrets. */
public final class SecretFileMode {
  private SecretFileMode() {}

  /**
   * Looks at the mode of a file. Whoever may write one can become anyone; whoever may read one can
   * become those in it, which some set-ups cannot help (volumes of Secrets are 0644 by default).
   *
   * @return what is to be warned of, empty if nothing
   * @throws CredentialFileException if its group or others may write it
   * @throws IOException if there is no such file
   */
  public static String check(Path file) throws IOException {
    Set<PosixFilePermission> mode;
    try {
      mode = Files.getPosixFilePermissions(file);
    } catch (UnsupportedOperationException unknown) {
      return "";
    }
    if (mode.contains(PosixFilePermission.GROUP_WRITE)
        || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
      throw new CredentialFileException(
          file
              + " can be written by "
              + (mode.contains(PosixFilePermission.OTHERS_WRITE) ? "everybody" : "its group")
              + ", who could let themselves in as anyone; expected the owner alone: chmod 600 "
              + file);
    }
    if (mode.contains(PosixFilePermission.OTHERS_READ)) {
      return file + " holds secrets and can be read by everybody: chmod 600 " + file;
    }
    return mode.contains(PosixFilePermission.GROUP_READ)
        ? file + " holds secrets and can be read by its group: chmod 600 " + file
        : "";
  }
}

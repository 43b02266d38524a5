package dev.certwright.authentication.password;

import dev.certwright.authentication.CredentialFileException;
import dev.certwright.authentication.ReloadedFile;
import dev.certwright.authentication.secret.SecretFileKind;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A static password file, {@code --basic-auth-file} of kube-apiserver until 1.18. It is read again
 * when it changes, unless that is left. Safe for use by several threads.
 */
public final class PasswordFile {
  private static final ReloadedFile.Kind<StaticPasswords> KIND =
      new SecretFileKind<>(
          "password file", PasswordFile.class, StaticPasswords::read, StaticPasswords::warnings);

  private final ReloadedFile<StaticPasswords> file;

  private PasswordFile(ReloadedFile<StaticPasswords> file) {
    this.file = file;
  }

  /**
   * Reads it for the first time.
   *
   * @param again whether it is read again when it changes
   * @throws IOException if it cannot be read
   * @throws CredentialFileException if it is malformed, or others may write it
   */
  public static PasswordFile open(Path file, boolean again) throws IOException {
    return new PasswordFile(
        again ? ReloadedFile.open(file, KIND) : ReloadedFile.openOnce(file, KIND));
  }

  /** Those that count now. */
  public StaticPasswords current() {
    return file.current();
  }
}

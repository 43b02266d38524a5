package dev.certwright.authentication.token;

import dev.certwright.authentication.Authentication;
import dev.certwright.authentication.CredentialFileException;
import dev.certwright.authentication.ReloadedFile;
import dev.certwright.authentication.secret.SecretFileKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.LongSupplier;

/**
 * A static token file, {@code --token-auth-file}. It is read again when it changes, which
 * kube-apiserver does not do (rule T-09) and which can be left; a replacement that is no good is
 * said in the log, and the tokens before it stay in force. Safe for use by several threads.
 */
public final class TokenFile implements TokenAuthenticator {
  private static final ReloadedFile.Kind<StaticTokens> KIND =
      new SecretFileKind<>(
          "token file", TokenFile.class, StaticTokens::read, StaticTokens::warnings);

  private final ReloadedFile<StaticTokens> file;

  private TokenFile(ReloadedFile<StaticTokens> file) {
    this.file = file;
  }

  /**
   * Reads it for the first time.
   *
   * @param again whether it is read again when it changes
   * @throws IOException if it cannot be read
   * @throws CredentialFileException if kube-apiserver would not start with it, or others may write
   *     it
   */
  public static TokenFile open(Path file, boolean again) throws IOException {
    return new TokenFile(again ? ReloadedFile.open(file, KIND) : ReloadedFile.openOnce(file, KIND));
  }

  /** The same with a clock that a test moves. */
  static TokenFile open(Path file, LongSupplier nanoTime) throws IOException {
    return new TokenFile(ReloadedFile.open(file, KIND, nanoTime));
  }

  @Override
  public Authentication authenticate(String token) {
    return file.current().authenticate(token);
  }

  @Override
  public String toString() {
    return file.current().toString();
  }
}

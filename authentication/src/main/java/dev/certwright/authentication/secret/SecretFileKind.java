package dev.certwright.authentication.secret;

import dev.certwright.authentication.CredentialFileException;
import dev.certwright.authentication.ReloadedFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * A kind of file that holds secrets: its mode is looked at whenever it is read, and what is odd
 * about it goes into the log.
 *
 * @param <T> what it is read to; its {@code toString} says how many secrets and not which
 */
public final class SecretFileKind<T> implements ReloadedFile.Kind<T> {
  private static final int LIMIT = 64 << 20;

  private final String name;
  private final Class<?> owner;
  private final BiFunction<String, byte[], T> reader;
  private final Function<T, List<String>> warnings;

  /**
   * Such a kind.
   *
   * @param name such as {@code token file}
   * @param owner whose log it is
   * @param reader from what messages call the file, and its contents; throws {@link
   *     CredentialFileException}
   * @param warnings what is to be told of what was read, without secrets
   */
  public SecretFileKind(
      String name,
      Class<?> owner,
      BiFunction<String, byte[], T> reader,
      Function<T, List<String>> warnings) {
    this.name = name;
    this.owner = owner;
    this.reader = reader;
    this.warnings = warnings;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public T read(Path file, byte[] content) throws IOException {
    String readable = SecretFileMode.check(file);
    T read = reader.apply(file.toString(), content);
    if (!readable.isEmpty()) {
      log().log(System.Logger.Level.WARNING, readable);
    }
    for (String warning : warnings.apply(read)) {
      log().log(System.Logger.Level.WARNING, warning);
    }
    return read;
  }

  @Override
  public void check(Path file) throws IOException {
    String unused = SecretFileMode.check(file);
  }

  @Override
  public String describe(T value) {
    return value.toString();
  }

  @Override
  public int limit() {
    return LIMIT;
  }

  @Override
  public System.Logger log() {
    return System.getLogger(owner.getName());
  }
}

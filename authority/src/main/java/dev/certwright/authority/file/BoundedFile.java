package dev.certwright.authority.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads files that people name, never more than a stated size. */
public final class BoundedFile {
  /**
   * Certificates, keys and kubeconfigs are kilobytes; a bundle of a thousand CAs is two megabytes.
   */
  public static final int DEFAULT_LIMIT = 16 << 20;

  private BoundedFile() {}

  /**
   * The whole file.
   *
   * @param limit the most bytes it may have
   * @throws UnacceptableFileException if there is no such file, or it is larger
   * @throws FileAccessException if it cannot be read
   */
  public static byte[] read(Path file, int limit) {
    try {
      if (Files.isDirectory(file)) {
        throw new UnacceptableFileException(file + " is a folder, where a file is expected");
      }
      if (Files.isRegularFile(file) && Files.size(file) > limit) {
        throw tooLarge(file.toString(), limit);
      }
      try (InputStream in = Files.newInputStream(file)) {
        return read(in, file.toString(), limit);
      }
    } catch (NoSuchFileException absent) {
      throw new UnacceptableFileException(file + " does not exist");
    } catch (java.nio.file.AccessDeniedException denied) {
      throw new FileAccessException(file + " may not be read by this user", denied);
    } catch (IOException failed) {
      throw new FileAccessException(file + " cannot be read: " + failed.getMessage(), failed);
    }
  }

  /**
   * The whole stream.
   *
   * @param name for messages
   */
  public static byte[] read(InputStream in, String name, int limit) throws IOException {
    byte[] bytes = in.readNBytes(limit + 1);
    if (bytes.length > limit) {
      throw tooLarge(name, limit);
    }
    return bytes;
  }

  private static UnacceptableFileException tooLarge(String name, int limit) {
    return new UnacceptableFileException(
        name + " is larger than " + (limit >> 20) + " MiB, the most that is read here");
  }
}

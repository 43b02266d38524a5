package dev.certwright.server;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** The server cannot start as it is told to: what was found, what was expected, what to do. */
public class ServerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String hint;

  /** Says it. */
  public ServerException(String message) {
    super(message);
    this.hint = "";
  }

  /** Says it, with what led to it. */
  public ServerException(String message, Throwable cause) {
    this(message, "", cause);
  }

  /**
   * The same with advice.
   *
   * @param hint what to do; may be empty
   */
  public ServerException(String message, String hint, Throwable cause) {
    super(message, cause);
    this.hint = hint;
  }

  /**
   * A file that cannot be read.
   *
   * @param what how it is called, such as {@code token file}
   * @param option by which it was named, with its dashes
   */
  public static ServerException unreadable(
      String what, Path file, String option, IOException cause) {
    return new ServerException(
        "the " + what + " " + file + " " + problem(file, cause),
        "name a file that can be read with " + option,
        cause);
  }

  private static String problem(Path file, IOException cause) {
    if (cause instanceof NoSuchFileException) {
      return "does not exist";
    }
    if (Files.isDirectory(file)) {
      return "is a folder, where a file is expected";
    }
    return cause instanceof AccessDeniedException
        ? "may not be read by this user"
        : "cannot be read: " + cause.getMessage();
  }

  /** What to do; may be empty. */
  public String hint() {
    return hint;
  }
}

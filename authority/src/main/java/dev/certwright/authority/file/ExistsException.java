package dev.certwright.authority.file;

import java.nio.file.Path;

/** Something is there already, and it is not overwritten. */
public final class ExistsException extends FileAccessException {
  private static final long serialVersionUID = 1L;

  private final transient Path path;

  /** Names what is there. */
  public ExistsException(Path path) {
    super(path + " exists already");
    this.path = path;
  }

  /** What is there. */
  public Path path() {
    return path;
  }
}

package dev.certwright.authority.file;

import dev.certwright.authority.AuthorityException;

/** The disk, or what lies on it, did not allow what had to be done. */
public class FileAccessException extends AuthorityException {
  private static final long serialVersionUID = 1L;

  /** Says which file and what is wrong. */
  public FileAccessException(String message) {
    super(message);
  }

  /** Says which file and what is wrong, and keeps what was underneath. */
  public FileAccessException(String message, Throwable cause) {
    super(message, cause);
  }
}

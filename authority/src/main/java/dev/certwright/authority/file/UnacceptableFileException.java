package dev.certwright.authority.file;

import dev.certwright.authority.AuthorityException;

/** A file that was named is not there, is no file, or is too large: another one has to be named. */
public final class UnacceptableFileException extends AuthorityException {
  private static final long serialVersionUID = 1L;

  /** Says which file and what is wrong. */
  public UnacceptableFileException(String message) {
    super(message);
  }
}

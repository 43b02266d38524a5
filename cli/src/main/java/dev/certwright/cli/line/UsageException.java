package dev.certwright.cli.line;

/** The command line is wrong; nothing was done. Ends with exit code 2. */
public final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String hint;

  /** Says what was found and what would be right. */
  public UsageException(String message, String hint) {
    super(message);
    this.hint = hint;
  }

  /** What to do; may be empty. */
  public String hint() {
    return hint;
  }
}

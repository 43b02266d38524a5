package dev.certwright.cli;

import org.jspecify.annotations.Nullable;

/** A command cannot go on. Carries the exit code and what the user can do. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;
  private final String hint;

  /**
   * Says what is wrong.
   *
   * @param hint what to do; may be empty
   */
  public CommandException(int exitCode, @Nullable String message, String hint) {
    super(message);
    this.exitCode = exitCode;
    this.hint = hint;
  }

  /** An {@link ExitCode}. */
  public int exitCode() {
    return exitCode;
  }

  /** What to do; may be empty. */
  public String hint() {
    return hint;
  }
}

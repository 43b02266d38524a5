package dev.certwright.cli.people;

/** A line that cannot be read; the ones after it can. */
public final class LineException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long line;

  /** Says what is wrong with a line, counted from one. */
  public LineException(long line, String message) {
    super(message);
    this.line = line;
  }

  /** Which line, counted from one. */
  public long line() {
    return line;
  }
}

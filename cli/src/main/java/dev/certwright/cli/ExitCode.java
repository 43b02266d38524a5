package dev.certwright.cli;

/** What the process ends with; stable, because scripts build on it. */
public final class ExitCode {
  /** Done, or yes. */
  public static final int OK = 0;

  /** No, refused, or problems found. */
  public static final int NO = 1;

  /** Wrong usage or unreadable input. */
  public static final int USAGE = 2;

  /** The outside failed: disk, network, another process. */
  public static final int OUTSIDE = 3;

  /** A bug of ours. */
  public static final int BUG = 70;

  private ExitCode() {}
}

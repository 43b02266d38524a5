package dev.certwright.cli.output;

import dev.certwright.cli.Console;

/**
 * A bar on standard error, on a terminal only, and only for work of more than two seconds. Safe for
 * use by several threads.
 */
public final class Progress implements AutoCloseable {
  private static final long QUIET_NANOS = 2_000_000_000L;
  private static final long STEP_NANOS = 100_000_000L;
  private static final int WIDTH = 30;

  private final Console console;
  private final String what;
  private final long total;
  private final long started = System.nanoTime();
  private long done;
  private long nextDraw = started + QUIET_NANOS;
  private boolean drawn;

  /** For so many steps. */
  public Progress(Console console, String what, long total) {
    this.console = console;
    this.what = what;
    this.total = total;
  }

  /** So many more are done. */
  public synchronized void advance(long count) {
    done += count;
    long now = System.nanoTime();
    if (console.isErrTerminal() && now - nextDraw > 0) {
      nextDraw = now + STEP_NANOS;
      draw(now);
    }
  }

  private void draw(long now) {
    drawn = true;
    int filled = total == 0 ? WIDTH : (int) (WIDTH * done / total);
    double seconds = (now - started) / 1e9;
    console
        .err()
        .print(
            "\r"
                + what
                + " ["
                + "#".repeat(filled)
                + " ".repeat(WIDTH - filled)
                + "] "
                + done
                + "/"
                + total
                + "  "
                + Math.round(done / seconds)
                + "/s ");
    console.err().flush();
  }

  /** Removes the bar. */
  @Override
  public synchronized void close() {
    if (drawn) {
      console.err().print("\r\u001B[K");
      console.err().flush();
    }
  }
}

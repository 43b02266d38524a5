package dev.certwright.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Remembers that writing failed, which a {@link java.io.PrintStream} tells without the reason. */
final class WatchedOutput extends FilterOutputStream {
  private boolean failed;

  WatchedOutput(OutputStream out) {
    super(out);
  }

  /** Whether something could not be written; a pipe that nobody reads any more does not count. */
  boolean hasFailed() {
    return failed;
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int count) throws IOException {
    try {
      out.write(bytes, from, count);
    } catch (IOException problem) {
      failed |= !String.valueOf(problem.getMessage()).contains("Broken pipe");
      throw problem;
    }
  }
}

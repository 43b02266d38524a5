package dev.certwright.cli.access;

import dev.certwright.cli.CommandException;
import dev.certwright.cli.Console;
import dev.certwright.cli.ExitCode;
import dev.certwright.rbac.lines.LineCounts;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;

/** Answers the lines of standard input on standard output. */
public final class LineAnswers {
  private LineAnswers() {}

  /** Whoever reads questions and writes answers. */
  public interface Answerer {
    /** Answers all lines. */
    LineCounts run(InputStream in, OutputStream out) throws IOException;
  }

  /**
   * Answers until there is no line left.
   *
   * @return the exit code: 2 if some line was no question
   * @throws CommandException if reading fails, or nobody takes the answers any more
   */
  public static int run(Console console, Answerer answerer) {
    try {
      return answerer.run(console.in(), new Checked(console.out())).refused() == 0
          ? ExitCode.OK
          : ExitCode.USAGE;
    } catch (IOException failed) {
      throw new CommandException(
          ExitCode.OUTSIDE, "the lines cannot all be answered: " + failed.getMessage(), "");
    }
  }

  /** A PrintStream keeps its failures to itself, and lines may come without end. */
  private static final class Checked extends OutputStream {
    private final PrintStream out;

    Checked(PrintStream out) {
      this.out = out;
    }

    @Override
    public void write(int octet) throws IOException {
      out.write(octet);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      out.write(bytes, from, length);
      check();
    }

    @Override
    public void flush() throws IOException {
      check();
    }

    private void check() throws IOException {
      if (out.checkError()) {
        throw new IOException("standard output is closed");
      }
    }
  }
}

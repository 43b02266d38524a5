package dev.certwright.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a command speaks: results to {@link #out()}, the rest to standard error as lines that begin
 * with {@code error:}, {@code warning:} or {@code hint:}. Text is UTF-8 whatever the locale says.
 */
public final class Console {
  private final PrintStream out;
  private final PrintStream err;
  private final InputStream in;
  private final Map<String, String> environment;
  private final boolean outTerminal;
  private final boolean errTerminal;
  private final boolean colour;
  private final @Nullable WatchedOutput results;

  /**
   * For given streams.
   *
   * @param outTerminal whether a person looks at {@code out}
   * @param errTerminal whether a person looks at {@code err}
   */
  public Console(
      InputStream in,
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      boolean outTerminal,
      boolean errTerminal) {
    this(in, out, err, environment, outTerminal, errTerminal, null);
  }

  private Console(
      InputStream in,
      PrintStream out,
      PrintStream err,
      Map<String, String> environment,
      boolean outTerminal,
      boolean errTerminal,
      @Nullable WatchedOutput results) {
    this.results = results;
    this.in = in;
    this.out = out;
    this.err = err;
    this.environment = environment;
    this.outTerminal = outTerminal;
    this.errTerminal = errTerminal;
    String noColour = environment.get("NO_COLOR");
    this.colour =
        outTerminal
            && (noColour == null || noColour.isEmpty())
            && !"dumb".equals(environment.get("TERM"));
  }

  /**
   * The process's own. The launcher says which of them are terminals, because Java 17 cannot tell
   * them apart.
   */
  public static Console ofProcess() {
    WatchedOutput results = new WatchedOutput(new FileOutputStream(FileDescriptor.out));
    return new Console(
        System.in,
        utf8(results),
        utf8(new FileOutputStream(FileDescriptor.err)),
        System.getenv(),
        Boolean.getBoolean("certwright.terminal.out"),
        Boolean.getBoolean("certwright.terminal.err"),
        results);
  }

  private static PrintStream utf8(OutputStream to) {
    return new PrintStream(
        new java.io.BufferedOutputStream(to, 8192), false, StandardCharsets.UTF_8);
  }

  /** Whether results did not get where they were to go, and not because nobody reads on. */
  boolean isResultLost() {
    return results != null && results.hasFailed();
  }

  /** Standard input. */
  public InputStream in() {
    return in;
  }

  /** Results only. */
  public PrintStream out() {
    return out;
  }

  /** For progress; messages go through the methods below. */
  public PrintStream err() {
    return err;
  }

  /** Environment variables. */
  public Map<String, String> environment() {
    return environment;
  }

  /** Whether a person looks at the results. */
  public boolean isOutTerminal() {
    return outTerminal;
  }

  /** Whether a person looks at messages and progress. */
  public boolean isErrTerminal() {
    return errTerminal;
  }

  /** Says what went wrong. */
  public void error(@Nullable String message) {
    line("error: ", message);
  }

  /** Says what is odd. */
  public void warning(String message) {
    line("warning: ", message);
  }

  /** Says what to do; nothing if empty. */
  public void hint(String message) {
    if (!message.isEmpty()) {
      line("hint: ", message);
    }
  }

  private void line(String prefix, @Nullable String message) {
    out.flush();
    err.print(prefix);
    err.print(message);
    err.print('\n');
    err.flush();
  }

  /**
   * Asks for a password without showing it.
   *
   * @return null if there is no terminal to ask on
   */
  @SuppressWarnings("SystemConsoleNull") // On 22 and newer the launcher's word decides alone.
  public char @Nullable [] readPassword(String prompt) {
    java.io.Console terminal = errTerminal ? System.console() : null;
    return terminal == null ? null : terminal.readPassword("%s", prompt);
  }

  /** Asks a question on the terminal; anything but a line that begins with y is no. */
  public boolean confirm(String question) {
    flush();
    err.print(question + " [y/N] ");
    err.flush();
    int first = -1;
    try {
      for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
        if (first < 0) {
          first = c;
        }
      }
    } catch (IOException gone) {
      return false;
    }
    return first == 'y' || first == 'Y';
  }

  /** The text in bold on a terminal. */
  public String bold(String text) {
    return colour ? "\u001B[1m" + text + "\u001B[0m" : text;
  }

  /** The text in green on a terminal. */
  public String good(String text) {
    return colour ? "\u001B[32m" + text + "\u001B[0m" : text;
  }

  /** The text in red on a terminal. */
  public String bad(String text) {
    return colour ? "\u001B[31m" + text + "\u001B[0m" : text;
  }

  /** The text in yellow on a terminal. */
  public String odd(String text) {
    return colour ? "\u001B[33m" + text + "\u001B[0m" : text;
  }

  /** Everything written so far reaches its reader. */
  public void flush() {
    out.flush();
    err.flush();
  }
}

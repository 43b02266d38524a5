package dev.certwright.conformance.endtoend;

import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Program;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code certwright serve} as a process of its own. */
final class ServingProcess implements AutoCloseable {
  private static final String READY = "serving on ";

  private final Process process;
  private final BufferedReader lines;
  private final String url;

  private ServingProcess(Process process, BufferedReader lines, String url) {
    this.process = process;
    this.lines = lines;
    this.url = url;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param folder whose {@code pki} has the CA
   * @param port 0 for any free one
   */
  static ServingProcess start(Path folder, int port, String... words) {
    return start(Certwright.in(folder), port, words);
  }

  /** The same with a program that was given more. */
  static ServingProcess start(Program certwright, int port, String... words) {
    List<String> all = new ArrayList<>(List.of("serve", "--secure-port", String.valueOf(port)));
    all.addAll(List.of(words));
    Process process = certwright.start(all.toArray(new String[0]));
    try {
      BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
      String line = lines.readLine();
      if (line == null || !line.startsWith(READY)) {
        process.destroyForcibly();
        throw new AssertionError("certwright serve ended, or said: " + line);
      }
      return new ServingProcess(process, lines, line.substring(READY.length()));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The launcher has become the server. */
  long pid() {
    return process.pid();
  }

  /** The next line of its standard output, waited for. */
  String nextLine() {
    try {
      String line = lines.readLine();
      if (line == null) {
        throw new AssertionError("certwright serve ended");
      }
      return line;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  String url() {
    return url;
  }

  int port() {
    return Integer.parseInt(url.substring(url.lastIndexOf(':') + 1));
  }

  @Override
  public void close() {
    process.destroy();
    try {
      process.waitFor();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.certwright.conformance.browser;

import dev.certwright.conformance.controlplane.GuardedProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Chromium without a window, of its own profile. It ends with this process. */
public final class Browser implements AutoCloseable {
  private static final List<String> PROGRAMS =
      List.of("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome");
  private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final long PAUSE_NANOS = 10_000_000;

  private final GuardedProcess process;
  private final URI address;

  private Browser(GuardedProcess process, URI address) {
    this.process = process;
    this.address = address;
  }

  /**
   * Starts it.
   *
   * @param folder for its profile and its log
   */
  public static Browser start(Path folder) {
    Path program = program();
    try {
      Path profile = Files.createDirectories(folder.resolve("profile"));
      GuardedProcess process =
          GuardedProcess.start(
              List.of(
                  program.toString(),
                  "--headless",
                  // Its sandbox does not start for root, as whom tests may run.
                  "--no-sandbox",
                  "--disable-gpu",
                  "--disable-dev-shm-usage",
                  "--no-first-run",
                  "--remote-debugging-port=0",
                  "--user-data-dir=" + profile),
              profile,
              folder.resolve("browser.log"));
      return new Browser(process, listening(process));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Path program() {
    String path = System.getenv("PATH");
    for (String name : PROGRAMS) {
      for (String folder : (path == null ? "" : path).split(File.pathSeparator, -1)) {
        Path program = Path.of(folder, name);
        if (Files.isExecutable(program)) {
          return program;
        }
      }
    }
    throw new AssertionError(
        "no browser: expected one of " + PROGRAMS + " in PATH; Debian has chromium-headless-shell");
  }

  private static URI listening(GuardedProcess process) {
    long deadline = System.nanoTime() + LIMIT.toNanos();
    while (System.nanoTime() - deadline < 0 && process.isRunning()) {
      Matcher matcher = LISTENING.matcher(process.log());
      if (matcher.find()) {
        return URI.create(matcher.group(1));
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
    String log = process.log();
    process.close();
    throw new AssertionError("the browser does not listen: " + log);
  }

  /** A page with nothing in it yet. */
  public Page newPage() {
    return Page.open(address);
  }

  /** Asks it to end: the program may be a script, which the browser would outlive. */
  @Override
  public void close() {
    try (DevTools tools = DevTools.connect(address)) {
      tools.call("", "Browser.close", "");
    } finally {
      process.close();
    }
  }
}

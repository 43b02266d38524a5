package dev.certwright.x509.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The openssl command, version 3 or newer, run in one folder with a configuration that has nothing
 * in it. Where it is missing or too old every use fails with a message that says so: a test that
 * needs it is never passed over.
 */
public final class OpenSsl {
  private static final int SECONDS = 60;

  private static volatile @Nullable String version;

  private final Path folder;
  private final Path configuration;

  private OpenSsl(Path folder, Path configuration) {
    this.folder = folder;
    this.configuration = configuration;
  }

  /** Works in this folder: relative file names in arguments mean files there. */
  public static OpenSsl in(Path folder) {
    try {
      Path configuration = folder.resolve(".openssl.cnf");
      if (!Files.exists(configuration)) {
        Files.writeString(configuration, "[req]\ndistinguished_name = none\n[none]\n");
      }
      OpenSsl openSsl = new OpenSsl(folder, configuration);
      openSsl.requireVersion();
      return openSsl;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private void requireVersion() {
    String found = version;
    if (found == null) {
      found = tryRun("version").output();
      if (!found.startsWith("OpenSSL ") || found.charAt(8) < '3') {
        throw new AssertionError(
            "these tests need openssl 3 or newer on the PATH, found: " + found.strip());
      }
      version = found;
    }
  }

  /**
   * What a command gave.
   *
   * @param exitCode 0 for success
   * @param output of both streams together
   */
  public record Result(int exitCode, String output) {}

  /** Runs a command that must succeed and returns what it printed. */
  public String run(String... arguments) {
    Result result = tryRun(arguments);
    if (result.exitCode() != 0) {
      throw new AssertionError(
          "openssl " + String.join(" ", arguments) + " failed:\n" + result.output());
    }
    return result.output();
  }

  /** Runs a command, whatever comes of it. */
  public Result tryRun(String... arguments) {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments));
    try {
      Path output = Files.createTempFile(folder, "openssl", ".out");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().put("OPENSSL_CONF", configuration.toString());
      Process process;
      try {
        process = builder.start();
      } catch (IOException absent) {
        throw new AssertionError(
            "these tests need the openssl command, version 3 or newer, on the PATH: install it"
                + " (apt-get install openssl)",
            absent);
      }
      process.getOutputStream().close();
      if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(
            "openssl " + String.join(" ", arguments) + " did not end in " + SECONDS + " s");
      }
      String text = Files.readString(output, StandardCharsets.ISO_8859_1);
      Files.delete(output);
      return new Result(process.exitValue(), text);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted while openssl ran", interrupted);
    }
  }

  /** A file in the folder. */
  public Path file(String name) {
    return folder.resolve(name);
  }

  /** The bytes of a file in the folder. */
  public byte[] bytes(String name) {
    try {
      return Files.readAllBytes(file(name));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Puts a file into the folder. */
  public void write(String name, byte[] bytes) {
    try {
      Files.write(file(name), bytes);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}

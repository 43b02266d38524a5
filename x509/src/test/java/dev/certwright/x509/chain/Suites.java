package dev.certwright.x509.chain;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;

/** Where suites by others lie; they are read there and never copied. */
final class Suites {
  private Suites() {}

  /** The folder that {@code -Dsuites} names. */
  static Path folder() {
    String folder = System.getProperty("suites");
    assertThat(folder)
        .as("-Dsuites=FOLDER must name the folder that holds x509-suites and pkits")
        .isNotBlank();
    assertThat(Path.of(folder).resolve("x509-suites")).isDirectory();
    return Path.of(folder);
  }
}

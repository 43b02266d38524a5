package dev.certwright.conformance.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders of the checkout and below {@code target}. */
public final class Places {
  private Places() {}

  /** The folder of this module: Maven tells, or it is the current one or below it. */
  public static Path module() {
    Path here = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    return Files.isDirectory(here.resolve("upstream")) ? here : here.resolve("conformance");
  }

  /** The checkout. */
  public static Path root() {
    return module().resolveSibling("");
  }

  /** A new folder of a run's own, so that two runs do not meet. */
  public static Path newFolder(String kind) {
    try {
      Path parent = Files.createDirectories(module().resolve("target").resolve(kind));
      return Files.createTempDirectory(parent, "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

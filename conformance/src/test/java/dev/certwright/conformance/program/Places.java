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

  /**
   * What others published, which lies outside the repository.
   *
   * @param parts of the path below the folder that {@code -Dsuites} names
   */
  public static Path suite(String... parts) {
    String suites = System.getProperty("suites", "");
    Path found = Path.of(suites, parts);
    if (suites.isEmpty() || !Files.exists(found)) {
      throw new AssertionError(
          "the profile suites needs -Dsuites=DIR, a folder with "
              + String.join("/", parts)
              + (suites.isEmpty() ? "; none is given" : "; " + suites + " is none"));
    }
    return found;
  }
}

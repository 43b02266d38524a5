package dev.certwright.conformance.program;

import java.nio.file.Files;
import java.nio.file.Path;

/** Certwright as users run it: the distribution's own launcher. */
public final class Certwright {
  private Certwright() {}

  /** The program, in a folder. */
  public static Program in(Path folder) {
    Path launcher = Places.root().resolve("cli/target/dist/certwright");
    if (!Files.isExecutable(launcher)) {
      throw new AssertionError(launcher + " is not there: run mvn package first");
    }
    return environmentOf(Program.of(folder, launcher.toString()), folder);
  }

  /**
   * Another program that is to start it, with what it needs in the environment. Its Java compiles
   * as that of the tests does: servers that live for seconds are not worth a second compilation.
   */
  public static Program environmentOf(Program program, Path folder) {
    return program
        .with("CERTWRIGHT_JAVA_OPTS", System.getProperty("compilation", ""))
        .with("JAVA_HOME", System.getProperty("java.home"))
        .with("XDG_CACHE_HOME", Places.module().resolve("target/cache"))
        .with("HOME", folder);
  }
}

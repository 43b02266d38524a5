package dev.certwright.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The folder that stands in for the user's own in all tests, gone when they end. */
final class TestHome {
  private static final String VARIABLE = "CERTWRIGHT_HOME";
  static final Path FOLDER = create();

  private TestHome() {}

  private static Path create() {
    try {
      Path folder = Files.createTempDirectory("certwright-home");
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder)));
      return folder;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static void delete(Path folder) {
    try (Stream<Path> tree = Files.walk(folder)) {
      List<Path> all = tree.sorted(Comparator.reverseOrder()).toList();
      for (Path path : all) {
        Files.delete(path);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The environment, and this folder unless it names another. */
  static Map<String, String> added(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.putIfAbsent(VARIABLE, FOLDER.toString());
    return all;
  }

  /** Makes a process use it. */
  static void useIn(ProcessBuilder builder) {
    builder.environment().keySet().removeIf(name -> name.startsWith("CERTWRIGHT_"));
    builder.environment().put(VARIABLE, FOLDER.toString());
    builder.environment().put("XDG_CONFIG_HOME", FOLDER.toString());
  }
}

package dev.certwright.kubeconfig;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which files make up a user's configuration (KC-01): one named explicitly, else the list in {@code
 * $KUBECONFIG}, else {@code ~/.kube/config}.
 */
public final class KubeconfigFiles {
  private final List<String> names;
  private final boolean explicit;

  private KubeconfigFiles(List<String> names, boolean explicit) {
    this.names = List.copyOf(names);
    this.explicit = explicit;
  }

  /** Only this file; loading fails if it does not exist. */
  public static KubeconfigFiles explicit(Path file) {
    return new KubeconfigFiles(List.of(file.toString()), true);
  }

  /**
   * The files of an environment.
   *
   * @param list value of {@code KUBECONFIG}; names separated as in PATH, empty and repeated ones
   *     dropped; null or empty if it is not set
   * @param home the user's home folder
   */
  public static KubeconfigFiles ofEnvironment(@Nullable String list, Path home) {
    if (list == null || list.isEmpty()) {
      return new KubeconfigFiles(
          List.of(home.resolve(".kube").resolve("config").toString()), false);
    }
    LinkedHashSet<String> names = new LinkedHashSet<>();
    int from = 0;
    while (from <= list.length()) {
      int separator = list.indexOf(File.pathSeparatorChar, from);
      int to = separator < 0 ? list.length() : separator;
      if (to > from) {
        names.add(list.substring(from, to));
      }
      from = to + 1;
    }
    return new KubeconfigFiles(new ArrayList<>(names), false);
  }

  /** The files in order of precedence, as they were named. */
  public List<String> names() {
    return names;
  }

  /** Whether one file was named explicitly. */
  public boolean isExplicit() {
    return explicit;
  }

  /**
   * The file new entries go to: the explicit one, else the first that exists, else the last
   * (KC-06).
   *
   * @throws KubeconfigAccessException if {@code KUBECONFIG} names no file at all
   */
  public Path defaultFile() {
    if (names.isEmpty()) {
      throw new KubeconfigAccessException("KUBECONFIG names no file");
    }
    for (String name : names) {
      Path file = path(name);
      if (Files.exists(file)) {
        return file;
      }
    }
    return path(names.get(names.size() - 1));
  }

  /**
   * What was loaded.
   *
   * @param config all files merged, paths absolute (KC-03, KC-05)
   * @param missing names of files that do not exist
   */
  public record Loaded(Kubeconfig config, List<String> missing) {}

  /**
   * Reads and merges the files; those that do not exist are left out (KC-01 to KC-03, KC-05).
   *
   * @throws KubeconfigException if the explicit file does not exist, or any that exists cannot be
   *     read or is malformed; all of them are named
   */
  public Loaded load() {
    Kubeconfig merged = Kubeconfig.EMPTY;
    List<String> missing = new ArrayList<>();
    List<KubeconfigException> problems = new ArrayList<>();
    for (String name : names) {
      try {
        Kubeconfig config = KubeconfigReader.read(name, KubeconfigReader.bytes(path(name)));
        merged = merged.mergedWith(config);
      } catch (NoSuchFileException e) {
        if (explicit) {
          throw new KubeconfigAccessException("stat " + name + ": no such file or directory", e);
        }
        missing.add(name);
      } catch (IOException e) {
        problems.add(
            new KubeconfigAccessException(
                "error loading config file \"" + name + "\": " + IoProblems.reading(name, e), e));
      } catch (MalformedKubeconfigException e) {
        problems.add(e);
      }
    }
    if (problems.size() == 1) {
      throw problems.get(0);
    }
    if (!problems.isEmpty()) {
      throw several(problems);
    }
    return new Loaded(merged.withAbsolutePaths(), missing);
  }

  private static KubeconfigException several(List<KubeconfigException> problems) {
    StringBuilder message = new StringBuilder();
    for (KubeconfigException problem : problems) {
      message.append(message.isEmpty() ? "[" : ", ").append(problem.getMessage());
    }
    KubeconfigException all = new KubeconfigAccessException(message.append(']').toString());
    problems.forEach(all::addSuppressed);
    return all;
  }

  static Path path(String name) {
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      throw new KubeconfigAccessException(
          "file name " + GoStrings.quote(name) + " cannot be used on this system", e);
    }
  }
}

package dev.certwright.rbac.manifest;

import dev.certwright.rbac.RbacException;
import dev.certwright.yaml.YamlLimits;
import dev.certwright.yaml.YamlText;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds the files that arguments like kubectl's {@code -f} name, and reads them into a {@link
 * ManifestLoader}.
 */
public final class ManifestFiles {
  private static final int MOST_FILES = 100_000;
  private static final int DEEPEST = 64;

  private ManifestFiles() {}

  /**
   * Reads what an argument names.
   *
   * @param argument {@code -} for standard input, a file, a folder (all {@code .yaml}, {@code .yml}
   *     and {@code .json} files in it), or a pattern with {@code *}, {@code ?}, {@code **}, {@code
   *     [...]} or {@code {...}}
   * @param recursive whether folders in folders are read too
   * @param standardInput read to its end for {@code -}
   * @throws RbacException if nothing is there, or too much
   * @throws IOException if something cannot be read
   */
  public static void read(
      ManifestLoader into, String argument, boolean recursive, InputStream standardInput)
      throws IOException {
    if (argument.equals("-")) {
      into.add(
          "standard input", YamlText.read("standard input", standardInput, YamlLimits.DEFAULT));
      return;
    }
    for (Path file : find(argument, recursive)) {
      into.add(file.toString(), YamlText.read(file, YamlLimits.DEFAULT));
    }
  }

  /** The files that an argument names, in the order of their names; see {@link #read}. */
  public static List<Path> find(String argument, boolean recursive) throws IOException {
    Path path;
    try {
      path = Path.of(argument);
    } catch (InvalidPathException e) {
      throw new RbacException("no file name: " + argument, e);
    }
    if (Files.isDirectory(path)) {
      return inFolder(path, recursive);
    }
    if (Files.exists(path)) {
      return List.of(path);
    }
    if (isPattern(argument)) {
      return matching(argument);
    }
    throw new RbacException(argument + ": no such file or folder");
  }

  private static boolean isPattern(String argument) {
    for (int i = 0; i < argument.length(); i++) {
      if ("*?[{".indexOf(argument.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static List<Path> inFolder(Path folder, boolean recursive) throws IOException {
    List<Path> files = new ArrayList<>();
    try (Stream<Path> found =
        Files.walk(folder, recursive ? DEEPEST : 1, FileVisitOption.FOLLOW_LINKS)) {
      found.forEach(
          path -> {
            if (isManifest(path) && Files.isRegularFile(path)) {
              addBounded(files, path, folder.toString());
            }
          });
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
    files.sort(null);
    return files;
  }

  private static boolean isManifest(Path path) {
    String name = path.toString();
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }

  private static List<Path> matching(String pattern) throws IOException {
    PathMatcher matcher;
    try {
      matcher = FileSystems.getDefault().getPathMatcher("glob:" + pattern);
    } catch (java.util.regex.PatternSyntaxException e) {
      throw new RbacException("no pattern of file names: " + pattern, e);
    }
    // Walk from the last folder that is named without a pattern.
    int slash = -1;
    for (int i = 0; i < pattern.length() && "*?[{".indexOf(pattern.charAt(i)) < 0; i++) {
      if (pattern.charAt(i) == '/') {
        slash = i;
      }
    }
    Path start = Path.of(slash < 0 ? "" : slash == 0 ? "/" : pattern.substring(0, slash));
    if (!Files.isDirectory(start)) {
      throw new RbacException(pattern + ": no such folder: " + start);
    }
    int depth = pattern.contains("**") ? DEEPEST : segments(pattern.substring(slash + 1));
    List<Path> files = new ArrayList<>();
    try (Stream<Path> found = Files.walk(start, depth, FileVisitOption.FOLLOW_LINKS)) {
      found.forEach(
          path -> {
            if (matcher.matches(path) && Files.isRegularFile(path)) {
              addBounded(files, path, pattern);
            }
          });
    } catch (java.io.UncheckedIOException e) {
      throw e.getCause();
    }
    if (files.isEmpty()) {
      throw new RbacException(pattern + ": no file matches");
    }
    files.sort(null);
    return files;
  }

  private static int segments(String pattern) {
    return (int) pattern.chars().filter(c -> c == '/').count() + 1;
  }

  private static void addBounded(List<Path> files, Path path, String argument) {
    if (files.size() == MOST_FILES) {
      throw new RbacException(argument + ": more than " + MOST_FILES + " files");
    }
    files.add(path);
  }
}

package dev.certwright.kubeconfig;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Paths as Go's path/filepath treats them on Unix: as text, without asking the file system.
 *
 * <p>A kubeconfig's paths are strings of another program; turned into {@link Path} too early, some
 * could not be kept as they are.
 */
final class GoPaths {
  private GoPaths() {}

  static boolean isAbsolute(String path) {
    return path.startsWith("/");
  }

  /** Without empty and {@code .} elements, {@code ..} resolved as far as it can be. */
  static String clean(String path) {
    boolean rooted = isAbsolute(path);
    Deque<String> kept = new ArrayDeque<>();
    int from = 0;
    while (from <= path.length()) {
      int slash = path.indexOf('/', from);
      int to = slash < 0 ? path.length() : slash;
      String element = path.substring(from, to);
      if (element.equals("..")) {
        if (!kept.isEmpty() && !kept.peekLast().equals("..")) {
          kept.removeLast();
        } else if (!rooted) {
          kept.addLast(element);
        }
      } else if (!element.isEmpty() && !element.equals(".")) {
        kept.addLast(element);
      }
      from = to + 1;
    }
    String joined = String.join("/", kept);
    if (rooted) {
      return "/" + joined;
    }
    return joined.isEmpty() ? "." : joined;
  }

  static String join(String base, String path) {
    return clean(base + "/" + path);
  }

  /** The folder a file is in, relative if the file is. */
  static String folder(String file) {
    int slash = file.lastIndexOf('/');
    return clean(slash < 0 ? "." : file.substring(0, slash + 1));
  }

  /** The absolute folder a file is in. */
  static String absoluteFolder(String file) {
    String folder = folder(file);
    return isAbsolute(folder) ? folder : join(Path.of("").toAbsolutePath().toString(), folder);
  }

  /**
   * The path seen from a folder if it lies in it, otherwise the path as it is; both are absolute.
   */
  static String relativeWithoutBacksteps(String path, String folder) {
    String cleaned = clean(path);
    String prefix = folder.equals("/") ? "/" : folder + "/";
    return cleaned.startsWith(prefix) && cleaned.length() > prefix.length()
        ? cleaned.substring(prefix.length())
        : path;
  }
}

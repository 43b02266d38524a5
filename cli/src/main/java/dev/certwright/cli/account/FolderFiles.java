package dev.certwright.cli.account;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The files in a folder and in those below it. Links are not followed, so that a folder is never
 * walked twice and nothing outside is read; what is left out for that or another reason is said.
 */
final class FolderFiles extends SimpleFileVisitor<Path> {
  /** Folders in folders. */
  static final int DEEPEST = 8;

  private final Path folder;
  private final Path real;
  private final List<Path> files = new ArrayList<>();
  private final List<Path> links = new ArrayList<>();
  private final List<Path> tooDeep = new ArrayList<>();
  private final List<Path> special = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();

  private FolderFiles(Path folder, Path real) {
    this.folder = folder;
    this.real = real;
  }

  /**
   * Walks a folder, which may be given by a link.
   *
   * @throws IOException if it cannot be read itself
   */
  static FolderFiles in(Path folder) throws IOException {
    Path real = folder.toRealPath();
    FolderFiles found = new FolderFiles(folder, real);
    Path start = Files.isSymbolicLink(folder) ? real : folder;
    Files.walkFileTree(start, java.util.Set.of(), DEEPEST, found);
    Collections.sort(found.files);
    return found;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
    if (attributes.isRegularFile()) {
      files.add(file);
    } else if (attributes.isDirectory()) {
      tooDeep.add(file);
    } else if (!attributes.isSymbolicLink()) {
      special.add(file);
    } else if (!staysInside(file)) {
      links.add(file);
    }
    return FileVisitResult.CONTINUE;
  }

  /** What it points to is found without it. */
  private boolean staysInside(Path link) {
    try {
      return link.toRealPath().startsWith(real);
    } catch (IOException broken) {
      return false;
    }
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
    if (file.equals(folder) || file.equals(real)) {
      throw failure;
    }
    problems.add(
        file
            + (failure instanceof java.nio.file.AccessDeniedException
                ? " may not be read by this user"
                : " cannot be read: " + failure.getMessage()));
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
      throws IOException {
    return failure == null ? FileVisitResult.CONTINUE : visitFileFailed(directory, failure);
  }

  /** Regular files, sorted. */
  List<Path> files() {
    return List.copyOf(files);
  }

  /** What was left out, and what to do. */
  List<String> problems() {
    List<String> all = new ArrayList<>(problems);
    say(
        all,
        links,
        "symbolic link",
        links.size() == 1 ? "that leads elsewhere" : "that lead elsewhere",
        "name what they lead to");
    say(
        all,
        tooDeep,
        "folder",
        "more than " + DEEPEST + " folders down",
        "name them to have them read");
    say(
        all,
        special,
        "file",
        special.size() == 1 ? "that is no regular file" : "that are no regular files",
        "name them to have them read");
    return all;
  }

  private void say(List<String> all, List<Path> which, String noun, String why, String remedy) {
    if (!which.isEmpty()) {
      all.add(
          which.size()
              + " "
              + noun
              + (which.size() == 1 ? "" : "s")
              + " in "
              + folder
              + " "
              + why
              + ", such as "
              + Collections.min(which)
              + ": "
              + remedy);
    }
  }
}

package dev.certwright.authority.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributeView;

/**
 * Removes a folder with all that is in it. Links are removed and not followed, also those that
 * somebody puts in the place of a folder meanwhile: each folder is opened once, without following,
 * and what is in it is removed by what was opened and not by its path. Where the platform cannot do
 * that, each path is looked at right before it is used.
 */
final class TreeRemoval {
  private TreeRemoval() {}

  /**
   * Removes what lies below a folder; nothing happens if it is not there.
   *
   * @param root opened by its path; a link there is followed
   * @param below one or more names; links in the place of folders are errors
   */
  static void remove(Path root, Path below) throws IOException {
    try (DirectoryStream<Path> opened = Files.newDirectoryStream(root)) {
      if (opened instanceof SecureDirectoryStream<Path> secure) {
        remove(secure, below);
      } else {
        removeByPath(root.resolve(below));
      }
    } catch (NoSuchFileException gone) {
      // Which is what was wanted.
    }
  }

  /** The same below a folder that is open. */
  static void remove(SecureDirectoryStream<Path> folder, Path below) throws IOException {
    int names = below.getNameCount();
    try {
      if (names > 1) {
        try (SecureDirectoryStream<Path> next =
            folder.newDirectoryStream(below.getName(0), LinkOption.NOFOLLOW_LINKS)) {
          remove(next, below.subpath(1, names));
        }
      } else if (isFolder(folder, below)) {
        try (SecureDirectoryStream<Path> entries =
            folder.newDirectoryStream(below, LinkOption.NOFOLLOW_LINKS)) {
          for (Path entry : entries) {
            remove(entries, entry.getFileName());
          }
        }
        folder.deleteDirectory(below);
      } else {
        folder.deleteFile(below);
      }
    } catch (NoSuchFileException gone) {
      // Which is what was wanted.
    } catch (DirectoryIteratorException failed) {
      throw failed.getCause();
    }
  }

  private static boolean isFolder(SecureDirectoryStream<Path> folder, Path name)
      throws IOException {
    return folder
        .getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
        .readAttributes()
        .isDirectory();
  }

  /** For platforms without folders that stay open: the same, as far as paths allow. */
  static void removeByPath(Path path) throws IOException {
    if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
      try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
        for (Path entry : entries) {
          if (!Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new NotDirectoryException(path.toString());
          }
          removeByPath(entry);
        }
      } catch (DirectoryIteratorException failed) {
        throw failed.getCause();
      }
    }
    Files.deleteIfExists(path);
  }
}

package dev.certwright.authority.file;

import dev.certwright.identity.local.FileOwnership;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Names of files that are being written and have not their own yet: {@code .ca.key.} and 16
 * hexadecimal digits, for {@code ca.key}. Of a process that was killed they stay, as a half of the
 * file, or as a second name of all of it. Who writes one holds a lock on it.
 */
final class Unfinished {
  private static final int DIGITS = 16;

  private Unfinished() {}

  /** A name that nothing has, beside the file. */
  static Path of(Path file) {
    byte[] id = new byte[DIGITS / 2];
    new SecureRandom().nextBytes(id);
    return file.resolveSibling(prefix(file) + HexFormat.of().formatHex(id));
  }

  private static String prefix(Path file) {
    return "." + file.getFileName() + ".";
  }

  /**
   * Removes those that killed processes left of a file: regular ones of one's own, in a folder that
   * nobody else may write.
   *
   * @return those that are not removed, but for those that are being written now
   */
  static List<Path> removeAll(Path file) throws IOException {
    List<Path> left = new ArrayList<>();
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null) {
      return left;
    }
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
      FileOwnership around = FileOwnership.of(folder);
      boolean safe = around.isOnesOwn() && !around.isWritableByOthers();
      for (Path entry : entries) {
        if (isNamed(entry, file) && !(safe && isOnesOwnFile(entry))) {
          left.add(entry);
        } else if (isNamed(entry, file)) {
          removeUnlessLocked(entry);
        }
      }
    } catch (NoSuchFileException | NotDirectoryException nothingThere) {
      return left;
    } catch (DirectoryIteratorException failed) {
      throw failed.getCause();
    }
    return left;
  }

  private static boolean isNamed(Path entry, Path file) {
    String name = entry.getFileName().toString();
    String prefix = prefix(file);
    if (name.length() != prefix.length() + DIGITS || !name.startsWith(prefix)) {
      return false;
    }
    for (int i = prefix.length(); i < name.length(); i++) {
      char c = name.charAt(i);
      if (!(c >= '0' && c <= '9' || c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOnesOwnFile(Path entry) throws IOException {
    try {
      return Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS)
          && FileOwnership.of(entry, LinkOption.NOFOLLOW_LINKS).isOnesOwn();
    } catch (NoSuchFileException finished) {
      return true;
    }
  }

  private static void removeUnlessLocked(Path entry) throws IOException {
    try (FileChannel channel =
        FileChannel.open(entry, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
      if (channel.tryLock() != null) {
        Files.deleteIfExists(entry);
      }
    } catch (NoSuchFileException finished) {
      // Its writer has removed it.
    } catch (OverlappingFileLockException ofThisProcess) {
      // Another thread is writing it.
    }
  }
}

package dev.certwright.authority.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * Makes many files durable at once: one call to the operating system for the file system they lie
 * on ({@code sync -f} of coreutils), because one for each file costs bulk work a hundred times
 * more. Where there is no such command, each file in turn.
 */
final class FileSystemSync {
  private FileSystemSync() {}

  static void sync(Path folder) throws IOException {
    if (!isInMemory(folder) && !syncWhole(folder)) {
      syncEach(folder);
    }
  }

  /** Nothing that is written there survives the machine, however often it is synced. */
  private static boolean isInMemory(Path folder) throws IOException {
    String type = Files.getFileStore(folder).type();
    return type.equals("tmpfs") || type.equals("ramfs");
  }

  private static boolean syncWhole(Path folder) {
    try {
      Process process =
          new ProcessBuilder("sync", "-f", folder.toString())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      process.getOutputStream().close();
      return process.waitFor() == 0;
    } catch (IOException absent) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void syncEach(Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile()) {
              try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
                channel.force(true);
              }
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(
              Path visited, @org.jspecify.annotations.Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            PrivateFiles.syncFolder(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}

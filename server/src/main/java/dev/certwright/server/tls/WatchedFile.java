package dev.certwright.server.tls;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A small file whose changes are noticed by its contents. Not safe for use by several threads. */
final class WatchedFile {
  private static final int LIMIT = 1 << 20;

  private final Path file;
  private byte[] content;

  private WatchedFile(Path file, byte[] content) {
    this.file = file;
    this.content = content;
  }

  static WatchedFile open(Path file) throws IOException {
    return new WatchedFile(file, read(file));
  }

  byte[] content() {
    return content;
  }

  /** Reads it again; says whether it is another one now. */
  boolean refresh() throws IOException {
    byte[] found = read(file);
    if (Arrays.equals(found, content)) {
      return false;
    }
    content = found;
    return true;
  }

  private static byte[] read(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LIMIT + 1);
      if (bytes.length > LIMIT) {
        throw new IOException(file + " is larger than 1 MiB, the most that is read here");
      }
      return bytes;
    }
  }
}

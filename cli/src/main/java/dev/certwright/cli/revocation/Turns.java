package dev.certwright.cli.revocation;

import dev.certwright.revocation.outlet.Outlet;
import dev.certwright.revocation.outlet.Recipient;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The turns of processes that publish: one for all that is written, and one for each recipient, so
 * that a recipient which hangs makes those wait that have something for it, and nobody else. They
 * are locks on single bytes of one file, which need not be there, and go with the process.
 */
final class Turns implements Closeable {
  private static final long PAUSE_NANOS = 10_000_000;

  /** Recipients' bytes come after the one of all. */
  private static final long FIRST = 1;

  /** Longer than a recipient that hangs is waited for, and somebody who waits for it before us. */
  private static final Duration LIMIT = Duration.ofMinutes(3);

  private final Path file;
  private final FileChannel channel;
  private final Duration limit;

  private Turns(Path file, FileChannel channel, Duration limit) {
    this.file = file;
    this.channel = channel;
    this.limit = limit;
  }

  /**
   * Opens the file; its folder must be there. Closing it ends all turns of this process. The file
   * is for its owner alone: whoever can open it, if only to read, could take a turn for ever.
   */
  static Turns open(Path file) throws IOException {
    return open(file, LIMIT);
  }

  /** The same with another limit of time for each turn. */
  static Turns open(Path file, Duration limit) throws IOException {
    boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
    if (!posix) {
      return new Turns(
          file, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE), limit);
    }
    Set<PosixFilePermission> own = PosixFilePermissions.fromString("rw-------");
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(own));
    if (!Files.getPosixFilePermissions(file).equals(own)) {
      // Of an earlier version; who has it open already is waited for no longer than anybody.
      Files.setPosixFilePermissions(file, own);
    }
    return new Turns(file, channel, limit);
  }

  /**
   * Waits for the turn to read the ledger and write the outlets' files.
   *
   * @throws IOException also if another process keeps it for too long
   */
  FileLock toWrite() throws IOException {
    return of(0);
  }

  /**
   * Waits for the turn to hand something to a recipient.
   *
   * @throws IOException also if another process keeps it for too long
   */
  FileLock toDeliver(Outlet outlet, Recipient recipient) throws IOException {
    String name = outlet.name() + '\n' + recipient.name();
    return of(FIRST + (name.hashCode() & 0x7fffffffL));
  }

  private FileLock of(long position) throws IOException {
    long end = System.nanoTime() + limit.toNanos();
    while (true) {
      FileLock lock = attempt(position);
      if (lock != null) {
        return lock;
      } else if (System.nanoTime() - end > 0) {
        throw new IOException(
            "another process has kept it locked for "
                + limit.toSeconds()
                + " s; see who: fuser -v "
                + file);
      }
      LockSupport.parkNanos(PAUSE_NANOS);
      if (Thread.currentThread().isInterrupted()) {
        throw new IOException("interrupted");
      }
    }
  }

  private @Nullable FileLock attempt(long position) throws IOException {
    try {
      return channel.tryLock(position, 1, false);
    } catch (OverlappingFileLockException anotherThread) {
      return null;
    }
  }

  /** Whether turns can still be taken. */
  boolean isOpen() {
    return channel.isOpen();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

package dev.certwright.cli.revocation;

import dev.certwright.revocation.outlet.Outlet;
import dev.certwright.revocation.outlet.Recipient;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/**
 * The turns of processes that publish: one for all that is written, and one for each recipient, so
 * that a recipient which hangs makes those wait that have something for it, and nobody else. They
 * are locks on single bytes of one file, which need not be there, and go with the process.
 */
final class Turns implements Closeable {
  private static final long PAUSE_NANOS = 10_000_000;

  /** Recipients' bytes come after the one of all. */
  private static final long FIRST = 1;

  private final FileChannel channel;

  private Turns(FileChannel channel) {
    this.channel = channel;
  }

  /** Opens the file; its folder must be there. Closing it ends all turns of this process. */
  static Turns open(Path file) throws IOException {
    return new Turns(FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
  }

  /** Waits for the turn to read the ledger and write the outlets' files. */
  FileLock toWrite() throws IOException {
    return of(0);
  }

  /** Waits for the turn to hand something to a recipient. */
  FileLock toDeliver(Outlet outlet, Recipient recipient) throws IOException {
    String name = outlet.name() + '\n' + recipient.name();
    return of(FIRST + (name.hashCode() & 0x7fffffffL));
  }

  private FileLock of(long position) throws IOException {
    while (true) {
      try {
        FileLock lock = channel.lock(position, 1, false);
        if (lock.isValid()) {
          return lock;
        }
        throw new IOException("the lock was lost");
      } catch (OverlappingFileLockException anotherThread) {
        LockSupport.parkNanos(PAUSE_NANOS);
        if (Thread.currentThread().isInterrupted()) {
          throw new IOException("interrupted", anotherThread);
        }
      }
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

package dev.certwright.ledger.file;

import dev.certwright.ledger.LedgerAccessException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets one writer in at a time, of all threads and processes of a machine. The lock is on a file of
 * its own: where locks belong to the process, as with POSIX, closing any other handle of the ledger
 * would release a lock on the ledger itself.
 */
final class LedgerLock implements Closeable {
  private static final ReentrantLock THREADS = new ReentrantLock();
  private static final long FIRST_PAUSE_NANOS = 200_000;
  private static final long LONGEST_PAUSE_NANOS = 20_000_000;

  private final FileChannel channel;
  private final FileLock lock;

  private LedgerLock(FileChannel channel, FileLock lock) {
    this.channel = channel;
    this.lock = lock;
  }

  /**
   * Waits for the lock.
   *
   * @throws LedgerAccessException if others keep it for longer than the limit
   */
  static LedgerLock acquire(Path file, Duration limit) throws IOException {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      if (!THREADS.tryLock(limit.toNanos(), TimeUnit.NANOSECONDS)) {
        throw kept(file, limit);
      }
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    }
    FileChannel channel = null;
    boolean acquired = false;
    try {
      channel = PrivateFiles.openForWriting(file);
      long pause = FIRST_PAUSE_NANOS;
      FileLock lock = channel.tryLock();
      while (lock == null) {
        if (System.nanoTime() - deadline > 0) {
          throw kept(file, limit);
        }
        TimeUnit.NANOSECONDS.sleep(pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_NANOS);
        lock = channel.tryLock();
      }
      acquired = true;
      return new LedgerLock(channel, lock);
    } catch (InterruptedException interrupted) {
      throw interrupted(interrupted);
    } finally {
      if (!acquired) {
        THREADS.unlock();
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  private static LedgerAccessException kept(Path file, Duration limit) {
    return new LedgerAccessException(
        "another process has kept the ledger locked for " + limit.toSeconds() + " s (" + file + ")",
        "wait for it to end, or end it; the lock goes with the process",
        null);
  }

  private static LedgerAccessException interrupted(InterruptedException interrupted) {
    Thread.currentThread().interrupt();
    return new LedgerAccessException(
        "interrupted while waiting for the ledger", "run it again", interrupted);
  }

  @Override
  public void close() throws IOException {
    try {
      lock.release();
      channel.close();
    } finally {
      THREADS.unlock();
    }
  }
}

package dev.certwright.cli.revocation;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Something that waits for others and is done beside the rest, once at a time: to hand something
 * over, or to ask. It has a limit of time of its own. Not safe for use by several threads.
 *
 * @param <T> what comes of it
 */
final class Errand<T> {
  /** So many are under way at once; the others wait for their turn. */
  private static final int MOST = 32;

  private @Nullable Future<T> underWay;
  private long begun;
  private boolean waitedFor;

  /** Threads for errands, which do not keep the process. */
  static ExecutorService threads() {
    return Executors.newFixedThreadPool(
        MOST,
        work -> {
          Thread thread = new Thread(work, "certwright-errand");
          thread.setDaemon(true);
          return thread;
        });
  }

  /** Begins it; what came of it before is forgotten. */
  void begin(ExecutorService threads, Callable<T> work) {
    underWay = threads.submit(work);
    begun = System.nanoTime();
    waitedFor = false;
  }

  /** Whether it was begun longer ago than this, and what came of it was not yet taken. */
  boolean isOlderThan(long nanos) {
    return underWay != null && System.nanoTime() - begun > nanos;
  }

  /** The same as {@link #take}, but once waited for in vain it is not waited for again. */
  @Nullable T takeOrLeave(long nanos) {
    T result = take(waitedFor ? 0 : nanos);
    waitedFor = true;
    return result;
  }

  /** Whether it was begun, and what came of it was not yet taken. */
  boolean isBegun() {
    return underWay != null;
  }

  /** Whether there is something to take. */
  boolean isDone() {
    return underWay != null && underWay.isDone();
  }

  /**
   * What came of it, which is forgotten with that.
   *
   * @param nanos how long to wait for its end
   * @return null if it is still under way, or was not begun, or the thread is interrupted
   */
  @Nullable T take(long nanos) {
    Future<T> begun = underWay;
    if (begun == null) {
      return null;
    }
    try {
      T result = begun.get(Math.max(0, nanos), TimeUnit.NANOSECONDS);
      underWay = null;
      return result;
    } catch (TimeoutException notYet) {
      return null;
    } catch (InterruptedException told) {
      Thread.currentThread().interrupt();
      return null;
    } catch (ExecutionException failed) {
      underWay = null;
      if (failed.getCause() instanceof RuntimeException bug) {
        throw bug;
      }
      throw new IllegalStateException(failed);
    }
  }

  /** The same, however long it takes. */
  T await() {
    T result = take(Long.MAX_VALUE);
    if (result == null) {
      throw new IllegalStateException("interrupted");
    }
    return result;
  }
}

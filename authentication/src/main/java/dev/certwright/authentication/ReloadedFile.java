package dev.certwright.authentication;

import dev.certwright.x509.X509Exception;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What a file says, read again when it changes. A replacement that is broken or unreadable is said
 * in the log, once, and what was read before stays in force. One that is empty may be about to be
 * written, and counts when it is still empty a second later. What is no file to read twice, such as
 * the pipe of {@code <(command)}, is read once.
 *
 * <p>Whoever asks sees to it that the file is looked at, at most once a second: by its attributes
 * mostly, and once a minute by its contents, in case the attributes hide a change. A thread of its
 * own looks, and is waited for only for a moment: a disk that does not answer stops nobody. Safe
 * for use by several threads.
 *
 * @param <T> immutable
 */
public final class ReloadedFile<T> {
  private static final long CHECK_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long REREAD_NANOS = Duration.ofMinutes(1).toNanos();
  private static final long PATIENCE_MILLIS = 500;
  private static final AtomicInteger THREADS = new AtomicInteger();
  private static final ExecutorService LOOKING =
      Executors.newCachedThreadPool(
          looking -> {
            Thread thread = new Thread(looking, "file-" + THREADS.incrementAndGet());
            thread.setDaemon(true);
            return thread;
          });

  private final Path file;
  private final Kind<T> kind;
  private final boolean again;
  private final LongSupplier nanoTime;
  private final AtomicLong nextCheck;
  private volatile T value;

  private final AtomicBoolean checking = new AtomicBoolean();

  // Only touched by the one thread that checks.
  private byte[] digest;
  private @Nullable Attributes seen;
  private long nextRead;
  private boolean wasEmpty;
  private String lastProblem = "";

  /**
   * What makes one kind of file: how it is called, read and described. What is thrown when a file
   * is read again goes into the log: it must not say what is secret.
   *
   * @param <T> what it is read to
   */
  public interface Kind<T> {
    /** Such as {@code client CA bundle}. */
    String name();

    /**
     * Reads it.
     *
     * @throws IOException if the file itself is no good
     * @throws X509Exception if its contents are no good
     * @throws CredentialFileException if its contents are no good
     */
    T read(Path file, byte[] content) throws IOException;

    /**
     * Looks at the file itself, without its contents; {@link #read} does that too.
     *
     * @throws IOException if it is no good
     */
    default void check(Path file) throws IOException {}

    /** How much is in it, for the log, such as {@code 3 CAs}. */
    String describe(T value);

    /** How many bytes are read at most. */
    int limit();

    /** Where changes are told. */
    System.Logger log();
  }

  private record Attributes(Object modified, long size, @Nullable Object key) {
    static Attributes of(Path file) throws IOException {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new Attributes(found.lastModifiedTime(), found.size(), found.fileKey());
    }
  }

  private ReloadedFile(Path file, Kind<T> kind, boolean again, LongSupplier nanoTime)
      throws IOException {
    this.file = file;
    this.kind = kind;
    this.again = again && Files.isRegularFile(file);
    this.nanoTime = nanoTime;
    this.seen = Attributes.of(file);
    byte[] content = bytes();
    this.digest = sha256(content);
    this.value = kind.read(file, content);
    long now = nanoTime.getAsLong();
    this.nextCheck = new AtomicLong(now + CHECK_NANOS);
    this.nextRead = now + REREAD_NANOS;
  }

  /**
   * Reads it for the first time, when there is nothing to fall back on.
   *
   * @throws IOException if the file cannot be read
   * @throws X509Exception if its kind says so
   * @throws CredentialFileException if its kind says so
   */
  public static <T> ReloadedFile<T> open(Path file, Kind<T> kind) throws IOException {
    return new ReloadedFile<>(file, kind, true, System::nanoTime);
  }

  /** The same of a file that is read once, as long as the server runs. */
  public static <T> ReloadedFile<T> openOnce(Path file, Kind<T> kind) throws IOException {
    return new ReloadedFile<>(file, kind, false, System::nanoTime);
  }

  /** The same with a clock that a test moves. */
  public static <T> ReloadedFile<T> open(Path file, Kind<T> kind, LongSupplier nanoTime)
      throws IOException {
    return new ReloadedFile<>(file, kind, true, nanoTime);
  }

  /** What counts now; the same object as long as the file has not changed. */
  public T current() {
    if (again) {
      long now = nanoTime.getAsLong();
      long due = nextCheck.get();
      if (now - due >= 0
          && nextCheck.compareAndSet(due, now + CHECK_NANOS)
          && checking.compareAndSet(false, true)) {
        await(LOOKING.submit(() -> check(now)));
      }
    }
    return value;
  }

  private static void await(Future<?> check) {
    try {
      check.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException slow) {
      // It goes on, and what it finds counts for those who ask later.
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    }
  }

  private void check(long now) {
    try {
      Attributes attributes = Attributes.of(file);
      if (Objects.equals(attributes, seen) && now - nextRead < 0) {
        return;
      } else if (!Files.isRegularFile(file)) {
        throw new IOException("it is no regular file");
      }
      byte[] found = bytes();
      if (found.length == 0 && !wasEmpty) {
        wasEmpty = true;
        seen = null;
        return;
      }
      wasEmpty = found.length == 0;
      byte[] hash = sha256(found);
      seen = attributes;
      nextRead = now + REREAD_NANOS;
      if (MessageDigest.isEqual(hash, digest)) {
        kind.check(file);
        lastProblem = "";
        return;
      }
      value = kind.read(file, found);
      digest = hash;
      lastProblem = "";
      kind.log().log(
          System.Logger.Level.INFO,
          "the {0} {1} has changed and is in force, with {2}",
          kind.name(),
          file,
          kind.describe(value));
    } catch (IOException | X509Exception | CredentialFileException unusable) {
      tell(UnusableFile.reason(unusable));
    } finally {
      checking.set(false);
    }
  }

  private void tell(String problem) {
    if (!problem.equals(lastProblem)) {
      lastProblem = problem;
      kind.log().log(
          System.Logger.Level.WARNING,
          "the {0} {1} has changed and cannot be used; the previous one stays in force: {2}",
          kind.name(),
          file,
          problem);
    }
  }

  private byte[] bytes() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(kind.limit() + 1);
      if (bytes.length > kind.limit()) {
        throw new IOException(
            file + " is larger than " + (kind.limit() >> 20) + " MiB, the most that is read here");
      }
      return bytes;
    }
  }

  // The contents themselves may be secrets, and need not be kept to see whether they changed.
  private static byte[] sha256(byte[] content) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(content);
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java platform has SHA-256", missing);
    }
  }
}

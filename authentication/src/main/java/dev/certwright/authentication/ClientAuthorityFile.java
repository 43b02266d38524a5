package dev.certwright.authentication;

import dev.certwright.x509.chain.BundleException;
import dev.certwright.x509.chain.TrustAnchors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A bundle of CAs in a file that is read again when it changes (rule X-04). A replacement that is
 * broken, empty or unreadable is said in the log, once, and the previous bundle stays in force.
 *
 * <p>Whoever asks for the bundle looks after the file, at most once a second: by its attributes
 * mostly, and once a minute by its contents, in case the attributes hide a change. Safe for use by
 * several threads.
 */
public final class ClientAuthorityFile implements ClientAuthorities {
  private static final System.Logger LOG = System.getLogger(ClientAuthorityFile.class.getName());
  private static final long CHECK_NANOS = Duration.ofSeconds(1).toNanos();
  private static final long REREAD_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int LIMIT = 16 << 20;

  private final Path file;
  private final LongSupplier nanoTime;
  private final AtomicLong nextCheck;
  private volatile TrustAnchors anchors;

  // Only touched by the thread that won the right to check.
  private final Object checking = new Object();
  private byte[] content;
  private @Nullable Attributes seen;
  private long nextRead;
  private String lastProblem = "";

  private record Attributes(Object modified, long size, @Nullable Object key) {
    static Attributes of(Path file) throws IOException {
      BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
      return new Attributes(found.lastModifiedTime(), found.size(), found.fileKey());
    }
  }

  private ClientAuthorityFile(Path file, LongSupplier nanoTime) throws IOException {
    this.file = file;
    this.nanoTime = nanoTime;
    this.seen = Attributes.of(file);
    this.content = read();
    this.anchors = TrustAnchors.ofPem(content);
    long now = nanoTime.getAsLong();
    this.nextCheck = new AtomicLong(now + CHECK_NANOS);
    this.nextRead = now + REREAD_NANOS;
  }

  /**
   * Reads the bundle for the first time, when there is no previous one to fall back on.
   *
   * @throws IOException if the file cannot be read
   * @throws BundleException if kube-apiserver would not load it
   */
  public static ClientAuthorityFile open(Path file) throws IOException {
    return new ClientAuthorityFile(file, System::nanoTime);
  }

  /** The same with a clock that a test moves. */
  static ClientAuthorityFile open(Path file, LongSupplier nanoTime) throws IOException {
    return new ClientAuthorityFile(file, nanoTime);
  }

  @Override
  public TrustAnchors current() {
    long now = nanoTime.getAsLong();
    long due = nextCheck.get();
    if (now - due >= 0 && nextCheck.compareAndSet(due, now + CHECK_NANOS)) {
      synchronized (checking) {
        check(now);
      }
    }
    return anchors;
  }

  private void check(long now) {
    try {
      Attributes attributes = Attributes.of(file);
      if (Objects.equals(attributes, seen) && now - nextRead < 0) {
        return;
      }
      byte[] found = read();
      seen = attributes;
      nextRead = now + REREAD_NANOS;
      if (Arrays.equals(found, content)) {
        lastProblem = "";
        return;
      }
      anchors = TrustAnchors.ofPem(found);
      content = found;
      lastProblem = "";
      LOG.log(
          System.Logger.Level.INFO,
          "the client CA bundle {0} has changed and is in force, with {1} CAs",
          file,
          anchors.certificates().size());
    } catch (IOException | BundleException unusable) {
      String problem = unusable.getClass().getSimpleName() + ": " + unusable.getMessage();
      if (!problem.equals(lastProblem)) {
        lastProblem = problem;
        LOG.log(
            System.Logger.Level.WARNING,
            "the client CA bundle {0} has changed and cannot be used; the previous one stays in"
                + " force: {1}",
            file,
            problem);
      }
    }
  }

  private byte[] read() throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(LIMIT + 1);
      if (bytes.length > LIMIT) {
        throw new IOException(file + " is larger than 16 MiB, the most that is read here");
      }
      return bytes;
    }
  }
}

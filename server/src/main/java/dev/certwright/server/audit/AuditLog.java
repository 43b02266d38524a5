package dev.certwright.server.audit;

import dev.certwright.server.pipeline.Completed;
import dev.certwright.server.pipeline.Observer;
import dev.certwright.yaml.JsonWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Events as lines. A file is put aside when it is full, and the oldest of those put aside are
 * removed. Each event is written before the connection goes on, as upstream's log does it; one that
 * cannot be written is counted and said in the log of the server.
 */
public final class AuditLog implements Observer, AutoCloseable {
  private static final System.Logger LOG = System.getLogger(AuditLog.class.getName());
  private static final DateTimeFormatter SUFFIX =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss.SSS").withZone(ZoneOffset.UTC);

  private static final Set<PosixFilePermission> OWNER_ALONE =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final @Nullable Path file;
  private final long largest;
  private final int backups;
  private final AtomicLong written = new AtomicLong();
  private final AtomicLong lost = new AtomicLong();
  private OutputStream out;
  private long size;

  private AuditLog(@Nullable Path file, long largest, int backups, OutputStream out, long size) {
    this.file = file;
    this.largest = largest;
    this.backups = backups;
    this.out = out;
    this.size = size;
  }

  /** Into a stream. */
  public static AuditLog to(OutputStream stream) {
    return new AuditLog(null, Long.MAX_VALUE, 0, stream, 0);
  }

  /**
   * Into a file, after what is there. A new one is for its owner alone, as kube-apiserver makes it;
   * one that is there keeps its mode, and hands it on when it is put aside.
   *
   * @param largest bytes after which it is put aside
   * @param backups how many that were put aside stay
   * @throws IOException if it cannot be written; it says which file, and why
   */
  public static AuditLog to(Path file, long largest, int backups) throws IOException {
    try {
      OutputStream out = open(file, OWNER_ALONE);
      return new AuditLog(file, largest, backups, out, Files.size(file));
    } catch (NoSuchFileException absent) {
      throw new IOException("the folder of the audit log " + file + " does not exist", absent);
    } catch (IOException failed) {
      throw new IOException(
          "the audit log "
              + file
              + (Files.isDirectory(file)
                  ? " is a folder, where a file is expected"
                  : " cannot be written: " + failed.getMessage()),
          failed);
    }
  }

  private static OutputStream open(Path file, Set<PosixFilePermission> mode) throws IOException {
    FileAttribute<?>[] attributes =
        hasMode(file)
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)}
            : new FileAttribute<?>[0];
    return Channels.newOutputStream(
        Files.newByteChannel(
            file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), attributes));
  }

  private static boolean hasMode(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** How many events were written. */
  public long written() {
    return written.get();
  }

  /** How many could not be. */
  public long lost() {
    return lost.get();
  }

  @Override
  public void observe(Completed completed) {
    byte[] line =
        (JsonWriter.compact(AuditEvent.of(completed)) + "\n").getBytes(StandardCharsets.UTF_8);
    try {
      write(line);
      written.incrementAndGet();
    } catch (IOException failed) {
      if (lost.getAndIncrement() == 0) {
        LOG.log(
            System.Logger.Level.ERROR, "audit events cannot be written: {0}", failed.toString());
      }
    }
  }

  private synchronized void write(byte[] line) throws IOException {
    if (size + line.length > largest && size > 0) {
      rotate();
    }
    out.write(line);
    out.flush();
    size += line.length;
  }

  private void rotate() throws IOException {
    Path current = file;
    if (current == null) {
      return;
    }
    out.close();
    String name = String.valueOf(current.getFileName());
    int dot = name.lastIndexOf('.');
    String stem = dot <= 0 ? name : name.substring(0, dot);
    String end = dot <= 0 ? "" : name.substring(dot);
    Path aside = current.resolveSibling(stem + "-" + SUFFIX.format(Instant.now()) + end);
    for (int i = 1; Files.exists(aside); i++) {
      aside = current.resolveSibling(stem + "-" + SUFFIX.format(Instant.now()) + "-" + i + end);
    }
    Set<PosixFilePermission> mode =
        hasMode(current) ? Files.getPosixFilePermissions(current) : OWNER_ALONE;
    Files.move(current, aside);
    out = open(current, mode);
    size = 0;
    Path folder = current.toAbsolutePath().getParent();
    if (folder != null) {
      removeOldest(folder, stem + "-", end);
    }
  }

  private void removeOldest(Path folder, String start, String end) throws IOException {
    List<Path> aside;
    try (Stream<Path> all = Files.list(folder)) {
      aside =
          all.filter(
                  path -> {
                    String name = String.valueOf(path.getFileName());
                    return name.startsWith(start) && name.endsWith(end);
                  })
              .sorted()
              .toList();
    }
    for (int i = 0; i < aside.size() - backups; i++) {
      Files.deleteIfExists(aside.get(i));
    }
  }

  @Override
  public synchronized void close() {
    try {
      if (file != null) {
        out.close();
      }
    } catch (IOException failed) {
      LOG.log(System.Logger.Level.ERROR, "the audit log cannot be closed: {0}", failed.toString());
    }
  }
}

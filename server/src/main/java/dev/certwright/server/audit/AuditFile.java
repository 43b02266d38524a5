package dev.certwright.server.audit;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
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
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A file of lines. It is put aside when it is full, and the oldest of those put aside are removed.
 * After whatever goes wrong it is opened anew for the next line, so that what was missing may come
 * back: room on the disk, a folder, a right. Not safe for use by several threads.
 */
final class AuditFile extends OutputStream {
  private static final DateTimeFormatter SUFFIX =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH-mm-ss.SSS").withZone(ZoneOffset.UTC);
  private static final String SUFFIX_PATTERN =
      "-\\d{4}-\\d\\d-\\d\\dT\\d\\d-\\d\\d-\\d\\d\\.\\d{3}(-\\d+)?";
  private static final Set<PosixFilePermission> OWNER_ALONE =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  private final Path file;
  private final String start;
  private final String end;
  private final long largest;
  private final int backups;
  private Set<PosixFilePermission> mode = OWNER_ALONE;
  private @Nullable OutputStream out;
  private long size;

  private AuditFile(Path file, long largest, int backups) {
    this.file = file;
    this.largest = largest;
    this.backups = backups;
    String name = String.valueOf(file.getFileName());
    int dot = name.lastIndexOf('.');
    this.start = dot <= 0 ? name : name.substring(0, dot);
    this.end = dot <= 0 ? "" : name.substring(dot);
  }

  /**
   * Opens it, behind what is there. A new one is for its owner alone, as kube-apiserver makes it;
   * one that is there keeps its mode, and hands it on when it is put aside.
   *
   * @param largest bytes after which it is put aside
   * @param backups how many that were put aside stay; 0 for all, as upstream has it
   * @throws IOException if it cannot be written; it says which file, and why
   */
  static AuditFile open(Path file, long largest, int backups) throws IOException {
    AuditFile opened = new AuditFile(file, largest, backups);
    try {
      OutputStream unused = opened.opened();
      return opened;
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

  private OutputStream opened() throws IOException {
    OutputStream open = out;
    if (open != null) {
      return open;
    }
    FileAttribute<?>[] attributes =
        hasMode()
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(mode)}
            : new FileAttribute<?>[0];
    boolean broken = isBroken();
    open =
        Channels.newOutputStream(
            Files.newByteChannel(
                file, Set.of(StandardOpenOption.CREATE, StandardOpenOption.APPEND), attributes));
    out = open;
    size = Files.size(file);
    if (broken) {
      open.write('\n');
      size++;
    }
    return open;
  }

  // A last line that was not written whole must not spoil the next one.
  private boolean isBroken() throws IOException {
    if (!Files.isRegularFile(file) || !Files.isReadable(file) || Files.size(file) == 0) {
      return false;
    }
    try (SeekableByteChannel in = Files.newByteChannel(file)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      in.position(in.size() - 1);
      return in.read(last) == 1 && last.get(0) != '\n';
    }
  }

  private boolean hasMode() {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix");
  }

  /** Writes a line, which ends itself. */
  @Override
  public void write(byte[] line) throws IOException {
    boolean written = false;
    try {
      OutputStream to = opened();
      if (size + line.length > largest && size > 0) {
        putAside();
        to = opened();
      }
      to.write(line);
      size += line.length;
      written = true;
    } finally {
      if (!written) {
        abandon();
      }
    }
  }

  @Override
  public void write(int one) throws IOException {
    write(new byte[] {(byte) one});
  }

  private void abandon() {
    try {
      close();
    } catch (IOException lost) {
      // What led here is told.
      out = null;
    }
  }

  private void putAside() throws IOException {
    close();
    // Somebody else may have put it aside.
    if (Files.exists(file)) {
      Path aside = file.resolveSibling(start + "-" + SUFFIX.format(Instant.now()) + end);
      for (int i = 1; Files.exists(aside); i++) {
        aside = file.resolveSibling(start + "-" + SUFFIX.format(Instant.now()) + "-" + i + end);
      }
      mode = hasMode() ? Files.getPosixFilePermissions(file) : OWNER_ALONE;
      Files.move(file, aside);
    }
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null && backups > 0) {
      removeOldest(folder);
    }
  }

  // Those alone that were put aside here: others may have names that begin alike.
  private void removeOldest(Path folder) throws IOException {
    Pattern ours = Pattern.compile(Pattern.quote(start) + SUFFIX_PATTERN + Pattern.quote(end));
    List<Path> aside;
    try (Stream<Path> all = Files.list(folder)) {
      aside =
          all.filter(path -> ours.matcher(String.valueOf(path.getFileName())).matches())
              .sorted()
              .toList();
    }
    for (int i = 0; i < aside.size() - backups; i++) {
      Files.deleteIfExists(aside.get(i));
    }
  }

  @Override
  public void close() throws IOException {
    OutputStream open = out;
    out = null;
    if (open != null) {
      open.close();
    }
  }
}

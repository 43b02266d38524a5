package dev.certwright.ledger.file;

import dev.certwright.ledger.Account;
import dev.certwright.ledger.ChainCheck;
import dev.certwright.ledger.CheckedLines;
import dev.certwright.ledger.EntryException;
import dev.certwright.ledger.EntryLine;
import dev.certwright.ledger.EntryWriter;
import dev.certwright.ledger.Event;
import dev.certwright.ledger.Head;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.LedgerAccessException;
import dev.certwright.ledger.LedgerDamagedException;
import dev.certwright.ledger.LineReader;
import dev.certwright.ledger.LineSource;
import dev.certwright.ledger.LineVisitor;
import dev.certwright.ledger.Problem;
import dev.certwright.ledger.Receipt;
import dev.certwright.ledger.Timestamps;
import dev.certwright.ledger.Verification;
import dev.certwright.ledger.sql.FileIndex;
import dev.certwright.ledger.sql.IndexCheck;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The ledger in a folder: {@code ledger.jsonl}, one entry a line. Writers take turns by {@code
 * ledger.lock}; readers need no lock, as nothing that is complete ever changes.
 *
 * <p>A writer that is killed, or whose disk is full, may leave the beginning of a line behind.
 * Nobody was told that it is recorded, so the next writer puts it aside, to {@code ledger.torn},
 * and says so.
 */
public final class FileLedger implements Ledger {
  /** How long a writer waits for others. */
  public static final Duration PATIENCE = Duration.ofSeconds(60);

  static final String FILE = "ledger.jsonl";
  private static final String LOCK = "ledger.lock";
  private static final String RESTORING = FILE + ".restoring";
  private static final String TORN = "ledger.torn";
  private static final String REMEDY = "Put the missing entries back; to go on without them, move ";

  private final Path folder;
  private final Path file;
  private final String actor;
  private final Clock clock;
  private final Duration patience;
  private final Consumer<String> warnings;

  /** The ledger of a folder, of which nobody is told what is odd. */
  public FileLedger(Path folder, String actor, Clock clock, Duration patience) {
    this(folder, actor, clock, patience, warning -> {});
  }

  /**
   * The ledger of a folder, which is created with the first entry.
   *
   * @param actor who writes, as entries will say
   * @param clock the time of entries
   * @param patience how long to wait for other writers
   * @param warnings told when the index knows entries that are not in the file any more
   */
  public FileLedger(
      Path folder, String actor, Clock clock, Duration patience, Consumer<String> warnings) {
    this.warnings = warnings;
    this.folder = folder;
    this.file = folder.resolve(FILE);
    this.actor = actor;
    this.clock = clock;
    this.patience = patience;
  }

  @Override
  public String location() {
    return file.toString();
  }

  /** The file of entries. */
  public Path file() {
    return file;
  }

  @Override
  @SuppressWarnings("try") // The lock is held, not used.
  public Receipt record(List<Event> events) {
    try {
      PrivateFiles.createFolders(folder);
      PrivateFiles.requireOwnFolder(folder);
      try (LedgerLock lock = LedgerLock.acquire(folder.resolve(LOCK), patience)) {
        return append(events);
      }
    } catch (IOException failed) {
      throw new LedgerAccessException(
          "nothing can be recorded in " + file + ": " + PrivateFiles.reason(failed),
          "make room or give access, or name another place with CERTWRIGHT_HOME; nothing was lost",
          failed);
    }
  }

  /** Needs the lock. */
  private Receipt append(List<Event> events) throws IOException {
    PrivateFiles.requireOwnLink(file);
    boolean created = !Files.exists(file);
    if (created || Files.size(file) == 0) {
      requireNoneBefore();
    }
    try (FileChannel channel = PrivateFiles.openForWriting(file)) {
      Tail tail = Tail.of(channel);
      EntryLine last = tail.last();
      Head known = LastHead.read(folder);
      requireWhole(isLost(known, channel, tail) ? known : null);
      Instant now = clock.instant();
      EntryWriter writer = new EntryWriter(last == null ? Head.NONE : last.head(), now, actor);
      for (Event event : events) {
        writer.add(event);
      }
      if (tail.torn().length > 0) {
        putAside(tail.torn());
        channel.truncate(tail.end());
      }
      try {
        if (tail.unended()) {
          write(channel, new byte[] {'\n'}, tail.end());
        }
        write(channel, writer.lines(), tail.end() + (tail.unended() ? 1 : 0));
        channel.force(false);
      } catch (IOException failed) {
        takeBack(channel, tail.end(), failed);
        throw failed;
      }
      LastHead.write(folder, writer.head());
      if (created) {
        PrivateFiles.syncFolder(folder);
      }
      return new Receipt(writer.head(), tail.torn().length, clockBehind(last, now));
    }
  }

  /**
   * Whether an entry that {@link LastHead} knows is not in the file any more.
   *
   * @param tail not read before what is known, which others may have added meanwhile
   */
  private static boolean isLost(Head known, FileChannel channel, Tail tail) throws IOException {
    if (known.sequence() == 0 || tail.last() != null && tail.last().head().equals(known)) {
      return false;
    }
    byte[] line = LineSearch.line(channel, tail.end(), known.sequence());
    try {
      return line == null || !EntryLine.of(line).head().equals(known);
    } catch (EntryException another) {
      return true;
    }
  }

  /** What is known and not in the file; null if there is nothing. */
  private @Nullable Head lost() throws IOException {
    Head known = LastHead.read(folder);
    try (FileChannel channel = PrivateFiles.openForReading(file)) {
      return isLost(known, channel, Tail.of(channel)) ? known : null;
    } catch (NoSuchFileException none) {
      return known.sequence() == 0 ? null : known;
    }
  }

  private String lost(Head head) {
    return folder.resolve(LastHead.FILE)
        + " knows entry "
        + head.sequence()
        + " with the hash "
        + head.hash()
        + ", which is not in the ledger any more: its end was cut off, it was rewritten, or an older"
        + " copy was put back";
  }

  private void requireWhole(@Nullable Head lost) {
    if (lost != null) {
      throw new LedgerDamagedException(
          lost(lost) + "; nothing was recorded. " + REMEDY + LastHead.FILE + " away");
    }
  }

  /** A file that is gone must not be taken for one that never was: a new chain would hide it. */
  private void requireNoneBefore() throws IOException {
    requireWhole(lost());
    Head known = IndexCheck.known(folder, patience);
    if (known.sequence() > 0) {
      throw new LedgerDamagedException(
          file
              + " is gone or empty, but the index beside it knows entry "
              + known.sequence()
              + " with the hash "
              + known.hash()
              + "; nothing was recorded. Put the file back; to begin a new ledger, move the index"
              + " away");
    }
  }

  private static @Nullable Instant clockBehind(@Nullable EntryLine last, Instant now) {
    if (last == null) {
      return null;
    }
    Instant before = Timestamps.parse(last.time());
    return now.isBefore(before) ? before : null;
  }

  private void putAside(byte[] torn) throws IOException {
    try (FileChannel aside = PrivateFiles.openForWriting(folder.resolve(TORN))) {
      long end = aside.size();
      write(aside, torn, end);
      write(aside, new byte[] {'\n'}, end + torn.length);
      aside.force(false);
    }
  }

  private static void write(FileChannel channel, byte[] bytes, long position) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      channel.write(buffer, position + buffer.position());
    }
  }

  private static void takeBack(FileChannel channel, long end, IOException failure) {
    try {
      channel.truncate(end);
      channel.force(false);
    } catch (IOException leftBehind) {
      // The next writer finds a torn end and puts it aside.
      failure.addSuppressed(leftBehind);
    }
  }

  @Override
  public Head head() {
    try (FileChannel channel = PrivateFiles.openForReading(file)) {
      EntryLine last = Tail.of(channel).last();
      return last == null ? Head.NONE : last.head();
    } catch (NoSuchFileException none) {
      return Head.NONE;
    } catch (IOException failed) {
      throw unreadable(failed);
    }
  }

  @Override
  public Head at(long sequence) {
    try (FileChannel channel = PrivateFiles.openForReading(file)) {
      byte[] line = LineSearch.line(channel, Tail.of(channel).end(), sequence);
      return line == null ? Head.NONE : EntryLine.intact(line, sequence).head();
    } catch (NoSuchFileException none) {
      return Head.NONE;
    } catch (IOException failed) {
      throw unreadable(failed);
    }
  }

  @Override
  public void read(LineVisitor visitor) {
    entries(0, (line, offset) -> visitor.visit(line));
  }

  /** All lines that count: a whole entry at the end also without its line end, as for a writer. */
  private void entries(long from, FileIndex.LineTaker taker) {
    scan(
        from,
        (line, offset, complete, tooLong) -> {
          if (complete || !tooLong && isUnendedEntry(offset, line)) {
            taker.take(line, offset);
          }
        });
  }

  private boolean isUnendedEntry(long offset, byte[] line) {
    try (FileChannel channel = PrivateFiles.openForReading(file)) {
      Tail tail = Tail.of(channel);
      EntryLine last = tail.last();
      return tail.unended()
          && last != null
          && tail.end() == offset + line.length
          && last.equals(EntryLine.of(line));
    } catch (IOException | LedgerDamagedException | EntryException another) {
      return false;
    }
  }

  @Override
  public Verification verify(@Nullable Head expected) {
    ChainCheck check = new ChainCheck(expected);
    scan(0, checking(check));
    Verification result = check.result();
    try {
      Head lost = lost();
      return lost == null
          ? result
          : result.with(
              new Problem(
                  Problem.Kind.HEAD_MISSING,
                  0,
                  lost(lost) + "; if that is known, move " + LastHead.FILE + " away"));
    } catch (LedgerDamagedException told) {
      // Found by the check.
      return result;
    } catch (IOException failed) {
      throw unreadable(failed);
    }
  }

  /** The same for lines that lie elsewhere, such as an export. */
  public static Verification verify(InputStream in, @Nullable Head expected) throws IOException {
    ChainCheck check = new ChainCheck(expected);
    scan(in, 0, checking(check));
    return check.result();
  }

  private static LineScanner checking(ChainCheck check) {
    return (line, offset, complete, tooLong) -> {
      if (tooLong) {
        check.tooLong();
      } else if (complete) {
        check.complete(line);
      } else {
        check.unended(line);
      }
    };
  }

  /** Takes lines with what is odd about them. */
  interface LineScanner {
    void line(byte[] line, long offset, boolean complete, boolean tooLong);
  }

  /** Reads all lines from an offset at which a line begins. */
  void scan(long from, LineScanner scanner) {
    try (FileChannel channel = PrivateFiles.openForReading(file)) {
      channel.position(from);
      try (InputStream in = Channels.newInputStream(channel)) {
        scan(in, from, scanner);
      }
    } catch (NoSuchFileException none) {
      // A ledger in which nothing was recorded yet.
    } catch (IOException failed) {
      throw unreadable(failed);
    }
  }

  private static void scan(InputStream in, long from, LineScanner scanner) throws IOException {
    LineReader reader = new LineReader(in, from);
    for (byte[] line = reader.next(); line != null; line = reader.next()) {
      scanner.line(line, reader.lineOffset(), reader.isComplete(), reader.isTooLong());
    }
  }

  private LedgerAccessException unreadable(IOException failed) {
    return new LedgerAccessException(
        "the ledger " + file + " cannot be read: " + PrivateFiles.reason(failed), "", failed);
  }

  @Override
  public Head restore(LineSource source) {
    List<Path> missing = PrivateFiles.missingFolders(folder);
    boolean restored = false;
    try {
      requireEmpty();
      PrivateFiles.createFolders(folder);
      PrivateFiles.requireOwnFolder(folder);
      Path temporary = Files.createTempFile(folder, RESTORING, "");
      try {
        Head head = writeAll(source, temporary);
        moveIntoPlace(temporary, head);
        restored = true;
        return head;
      } finally {
        Files.deleteIfExists(temporary);
        if (!restored) {
          PrivateFiles.removeEmpty(missing);
        }
      }
    } catch (IOException failed) {
      throw new LedgerAccessException(
          "nothing can be restored to " + file + ": " + PrivateFiles.reason(failed), "", failed);
    } catch (UncheckedIOException failed) {
      throw new LedgerAccessException(
          "nothing can be restored to " + file + ": " + failed.getMessage(), "", failed);
    }
  }

  private void requireEmpty() throws IOException {
    if (Files.exists(file) && Files.size(file) > 0) {
      throw new LedgerAccessException(
          file + " holds entries already", "restore into an empty folder: --ledger DIR", null);
    }
  }

  /** The lock is taken no earlier, so that a restoring that fails leaves none. */
  @SuppressWarnings("try") // The lock is held, not used.
  private void moveIntoPlace(Path temporary, Head head) throws IOException {
    try (LedgerLock lock = LedgerLock.acquire(folder.resolve(LOCK), patience)) {
      requireEmpty();
      Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      LastHead.writeFirst(folder, head);
      // What killed ones left; one that runs now would find that it came too late.
      try (DirectoryStream<Path> others = Files.newDirectoryStream(folder, RESTORING + "*")) {
        for (Path other : others) {
          Files.deleteIfExists(other);
        }
      }
      PrivateFiles.syncFolder(folder);
    }
  }

  private static Head writeAll(LineSource source, Path target) throws IOException {
    try (FileChannel channel = PrivateFiles.openForWriting(target)) {
      OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
      CheckedLines lines =
          new CheckedLines(
              line -> {
                try {
                  out.write(line);
                  out.write('\n');
                } catch (IOException failed) {
                  throw new UncheckedIOException(failed);
                }
              });
      source.read(lines);
      out.flush();
      channel.force(true);
      return lines.head();
    }
  }

  @Override
  public Account account() {
    try {
      PrivateFiles.requireRegular(file);
      long size = Files.exists(file) ? Files.size(file) : 0;
      boolean[] told = new boolean[1];
      Account account =
          FileIndex.open(
              folder,
              size,
              patience,
              new Source(),
              warning -> {
                told[0] = true;
                warnings.accept(warning);
              });
      if (!told[0]) {
        warnOfLost();
      }
      return account;
    } catch (IOException failed) {
      throw unreadable(failed);
    }
  }

  private void warnOfLost() throws IOException {
    try {
      Head lost = lost();
      if (lost != null) {
        warnings.accept(
            lost(lost) + "; nothing is recorded until " + LastHead.FILE + " is moved away");
      }
    } catch (LedgerDamagedException damaged) {
      // For those to tell who need what is damaged: answers come from what was read when it was
      // whole.
    }
  }

  @Override
  public List<Problem> verifyAccount() {
    return IndexCheck.problems(folder, patience, new Source());
  }

  /** For the index. */
  private final class Source implements FileIndex.Source {
    @Override
    public void lines(long from, FileIndex.LineTaker taker) {
      entries(from, taker);
    }

    @Override
    public Closeable lock(Path lockFile) throws IOException {
      return LedgerLock.acquire(lockFile, patience);
    }

    @Override
    public void create(Path indexFile) throws IOException {
      PrivateFiles.openForWriting(indexFile).close();
    }
  }

  @Override
  public void close() {}
}

package dev.certwright.ledger.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.certwright.ledger.Account;
import dev.certwright.ledger.CertificateFilter;
import dev.certwright.ledger.CertificateStatus;
import dev.certwright.ledger.EntryException;
import dev.certwright.ledger.Event;
import dev.certwright.ledger.Events;
import dev.certwright.ledger.Head;
import dev.certwright.ledger.LedgerAccessException;
import dev.certwright.ledger.LedgerDamagedException;
import dev.certwright.ledger.Problem;
import dev.certwright.ledger.Receipt;
import dev.certwright.ledger.RecordingProcess;
import dev.certwright.x509.Digests;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class FileLedgerTest {
  private static final Instant NOW = Instant.parse("2026-11-24T09:37:12Z");

  @TempDir Path folder;

  private FileLedger ledger() {
    return at(NOW);
  }

  private FileLedger at(Instant time) {
    return new FileLedger(
        folder.resolve("a/b"),
        "root@host",
        Clock.fixed(time, ZoneOffset.UTC),
        Duration.ofMillis(50));
  }

  private Path file() {
    return folder.resolve("a/b/ledger.jsonl");
  }

  @Test
  void firstEntryMakesFolderAndFileForTheOwnerOnly() throws IOException {
    Receipt receipt = ledger().record(List.of(Events.issued(1, "jane")));

    assertThat(receipt.head().sequence()).isEqualTo(1);
    assertThat(ledger().head()).isEqualTo(receipt.head());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("a/b"))))
        .isEqualTo("rwx------");
  }

  @Test
  void ledgerWithoutEntriesIsIntactAndEmpty() {
    assertThat(ledger().head()).isEqualTo(Head.NONE);
    assertThat(ledger().verify(null).isIntact()).isTrue();
    assertThat(ledger().verify(new Head(1, "a".repeat(64))).isIntact()).isFalse();
    assertThat(file()).doesNotExist();
  }

  @Test
  void restoringThatFailsLeavesNothingNotEvenALock() throws IOException {
    assertThatThrownBy(() -> ledger().restore(visitor -> visitor.visit(new byte[] {'{'})))
        .isInstanceOf(LedgerDamagedException.class);
    assertThat(folder).isEmptyDirectory();

    Files.createDirectory(folder.resolve("a"));
    assertThatThrownBy(() -> ledger().restore(visitor -> visitor.visit(new byte[] {'{'})))
        .isInstanceOf(LedgerDamagedException.class);
    assertThat(folder.resolve("a")).isEmptyDirectory();
  }

  @Test
  void restoringRemovesWhatOneThatWasKilledLeft() throws IOException {
    ledger().record(List.of(Events.issued(1, "jane")));
    byte[] line = Arrays.copyOf(Files.readAllBytes(file()), (int) Files.size(file()) - 1);
    Files.delete(file());
    Files.writeString(folder.resolve("a/b/ledger.jsonl.restoring123"), "half");

    ledger().restore(visitor -> visitor.visit(line));

    assertThat(folder.resolve("a/b").toFile().list())
        .containsExactlyInAnyOrder("ledger.head", "ledger.jsonl", "ledger.lock");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
        .isEqualTo("rw-------");
  }

  /** Opening a pipe waits for its other end. */
  @Test
  @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void whatIsNoRegularFileIsRefusedAtOnce() throws Exception {
    Files.createDirectories(folder.resolve("a/b"));
    for (String name : List.of("ledger.jsonl", "ledger.lock")) {
      Path pipe = folder.resolve("a/b").resolve(name);
      Files.deleteIfExists(pipe);
      assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
      assertThatThrownBy(() -> ledger().record(List.of(Events.issued(1, "jane"))))
          .isInstanceOf(LedgerAccessException.class)
          .hasMessageContaining("is no regular file (" + pipe + ")");
      if (name.equals("ledger.jsonl")) {
        for (ThrowingCallable question :
            List.<ThrowingCallable>of(
                () -> ledger().head(),
                () -> ledger().verify(null),
                () -> ledger().account().close())) {
          assertThatThrownBy(question)
              .isInstanceOf(LedgerAccessException.class)
              .hasMessageContaining("is no regular file (" + pipe + ")");
        }
      }
      Files.delete(pipe);
    }
    Files.createDirectory(file());
    assertThatThrownBy(() -> ledger().head()).hasMessageContaining("is a folder (" + file() + ")");
  }

  @Test
  void batchStandsTogetherInItsOrder() {
    List<Event> events = new ArrayList<>();
    for (int i = 1; i <= 1024; i++) {
      events.add(Events.issued(i, "user" + i));
    }
    ledger().record(events);
    ledger().record(events.subList(0, 1));

    assertThat(ledger().verify(null).isIntact()).isTrue();
    assertThat(ledger().head().sequence()).isEqualTo(1025);
  }

  @Test
  void lastEntryOfMoreThanOneReadIsFound() {
    for (int size : new int[] {1, 8000, 8200, 70_000, 600_000, 8_300_000}) {
      ledger().record(List.of(Events.issued(size, "x".repeat(size))));
      ledger().record(List.of(Events.issued(size, "jane")));
    }

    assertThat(ledger().verify(null).isIntact()).isTrue();
    assertThat(ledger().head().sequence()).isEqualTo(12);
  }

  /** What a killed writer can leave: each length between two complete entries. */
  @Test
  void everyTornEndIsPutAsideAndNoCompleteEntryIsLost() throws IOException {
    ledger().record(List.of(Events.issued(1, "jane")));
    ledger().record(List.of(Events.issued(2, "joe")));
    byte[] whole = Files.readAllBytes(file());
    int second = 1 + indexOf(whole, '\n');
    for (int length = 0; length <= whole.length; length++) {
      Files.write(file(), Arrays.copyOf(whole, length));
      Files.deleteIfExists(folder.resolve("a/b/ledger.torn"));
      // Which is the last is told after it is there.
      Files.deleteIfExists(folder.resolve("a/b/ledger.head"));
      boolean atEnd = length == 0 || length == second || length == whole.length;
      int complete = (length >= second - 1 ? 1 : 0) + (length >= whole.length - 1 ? 1 : 0);
      if (!atEnd) {
        assertThat(ledger().verify(null).problems())
            .singleElement()
            .extracting(Problem::kind)
            .isEqualTo(Problem.Kind.TORN_END);
      }

      Receipt receipt = ledger().record(List.of(Events.issued(3, "ann")));

      int lost = length == second - 1 || length == whole.length - 1 ? 0 : length % second;
      if (length == whole.length) {
        lost = 0;
      }
      assertThat(receipt.head().sequence()).as("torn at %d", length).isEqualTo(complete + 1);
      assertThat(receipt.tornBytes()).as("torn at %d", length).isEqualTo(lost);
      assertThat(ledger().verify(null).isIntact()).as("torn at %d", length).isTrue();
      assertThat(Files.exists(folder.resolve("a/b/ledger.torn"))).isEqualTo(lost > 0);
      if (lost > 0) {
        assertThat(Files.readAllBytes(folder.resolve("a/b/ledger.torn")))
            .startsWith(Arrays.copyOfRange(whole, length - lost, length));
      }
    }
  }

  @Test
  void wholeLastEntryWithoutItsLineEndCountsForEveryQuestion() throws IOException {
    ledger().record(List.of(Events.issued(1, "jane")));
    Head head = ledger().record(List.of(Events.issued(2, "joe"))).head();
    byte[] whole = Files.readAllBytes(file());
    Files.write(file(), Arrays.copyOf(whole, whole.length - 1));
    List<byte[]> lines = new ArrayList<>();

    ledger().read(lines::add);

    assertThat(lines).hasSize(2);
    assertThat(ledger().head()).isEqualTo(head);
    assertThat(ledger().at(2)).isEqualTo(head);
    assertThat(ledger().verify(head).head()).isEqualTo(head);
    assertThat(ledger().verify(head).entries()).isEqualTo(2);
    assertThat(ledger().verify(head).problems())
        .singleElement()
        .satisfies(
            problem -> {
              assertThat(problem.kind()).isEqualTo(Problem.Kind.TORN_END);
              assertThat(problem.text()).contains("entry 2 is whole and counts");
            });
    for (int i = 0; i < 2; i++) {
      try (Account account = ledger().account()) {
        assertThat(account.certificates(CertificateFilter.all(10), Instant.EPOCH)).hasSize(2);
      }
    }
    ledger().record(List.of(Events.issued(3, "ann")));
    assertThat(ledger().verify(null).isIntact()).isTrue();
    try (Account account = ledger().account()) {
      assertThat(account.certificates(CertificateFilter.all(10), Instant.EPOCH)).hasSize(3);
    }
  }

  @Test
  void entryThatCouldNotBeReadAgainIsRefusedAndTheLedgerStaysReadable() throws IOException {
    ledger().record(List.of(Events.issued(1, "jane")));
    byte[] before = Files.readAllBytes(file());
    String[] groups = new String[10_001];
    Arrays.fill(groups, "g");

    assertThatThrownBy(
            () ->
                ledger().record(List.of(Events.issued(2, "joe"), Events.issued(3, "ann", groups))))
        .isInstanceOf(EntryException.class)
        .hasMessage("expected a list of at most 10000 texts in \"groups\"");

    assertThat(Files.readAllBytes(file())).isEqualTo(before);
    ledger().record(List.of(Events.issued(4, "eve", Arrays.copyOf(groups, 10_000))));
    assertThat(ledger().verify(null).isIntact()).isTrue();
  }

  /** As writers took it that did not look whether they would read it again. */
  @Test
  void entryWithMoreGroupsThanAreTakenNowIsReadAndSoAreTheOthers() throws IOException {
    List<String> groups = new ArrayList<>();
    for (int i = 0; i <= 10_000; i++) {
      groups.add("g" + i);
    }
    ledger().record(List.of(Events.issued(1, "jane")));
    ledger().record(List.of(Events.issued(2, "joe", "GROUPS")));
    String line = Files.readAllLines(file()).get(1);
    String hashed =
        line.substring(0, line.length() - 75).replace("GROUPS", String.join("\",\"", groups));
    String hash = HexFormat.of().formatHex(Digests.sha256(hashed.getBytes(UTF_8)));
    Files.writeString(
        file(),
        Files.readAllLines(file()).get(0) + "\n" + hashed + ",\"hash\":\"" + hash + "\"}\n");
    Files.delete(folder.resolve("a/b/ledger.head"));
    ledger().record(List.of(Events.issued(3, "ann")));

    assertThat(ledger().verify(null).problems()).isEmpty();
    try (Account account = ledger().account()) {
      assertThat(account.certificates(CertificateFilter.all(10), NOW))
          .extracting(CertificateStatus::user, one -> one.groups().size())
          .containsExactly(tuple("jane", 0), tuple("joe", 10_001), tuple("ann", 0));
    }
  }

  private static int indexOf(byte[] bytes, char wanted) {
    int at = 0;
    while (bytes[at] != wanted) {
      at++;
    }
    return at;
  }

  @Test
  void nothingIsLinkedToALastEntryThatWasChanged() throws IOException {
    ledger().record(List.of(Events.issued(1, "jane")));
    byte[] bytes = Files.readAllBytes(file());
    bytes[bytes.length / 2] ^= 1;
    Files.write(file(), bytes);

    assertThatThrownBy(() -> ledger().record(List.of(Events.issued(2, "joe"))))
        .isInstanceOf(LedgerDamagedException.class)
        .hasMessageContaining("number 1");
    assertThatThrownBy(() -> ledger().head()).isInstanceOf(LedgerDamagedException.class);
    assertThat(Files.readAllBytes(file())).isEqualTo(bytes);
  }

  @Test
  void clockThatWasSetBackIsToldAndTheEntryStands() {
    ledger().record(List.of(Events.issued(1, "jane")));

    Receipt receipt = at(NOW.minusSeconds(3600)).record(List.of(Events.issued(2, "joe")));

    assertThat(receipt.clockBehind()).isEqualTo(NOW);
    assertThat(ledger().verify(null).isIntact()).isTrue();
    assertThat(at(NOW.plusSeconds(1)).record(List.of(Events.issued(3, "ann"))).clockBehind())
        .isNull();
  }

  @Test
  void lockThatAnotherKeepsIsAnErrorThatSaysSo() throws IOException {
    ledger().record(List.of(Events.issued(1, "jane")));
    Process other =
        new ProcessBuilder(RecordingProcess.java("dev.certwright.ledger.file.LockingProcess"))
            .directory(folder.toFile())
            .start();
    try {
      assertThat(other.getInputStream().read()).isEqualTo('L');

      assertThatThrownBy(() -> ledger().record(List.of(Events.issued(2, "joe"))))
          .isInstanceOf(LedgerAccessException.class)
          .hasMessageContaining("another process");
    } finally {
      other.destroyForcibly();
    }
    assertThat(other.onExit().join().isAlive()).isFalse();
    assertThat(ledger().record(List.of(Events.issued(2, "joe"))).head().sequence()).isEqualTo(2);
  }

  @Test
  void placeThatCannotBeWrittenIsAnErrorThatNamesIt() throws IOException {
    Files.createFile(folder.resolve("a"));

    assertThatThrownBy(() -> ledger().record(List.of(Events.issued(1, "jane"))))
        .isInstanceOf(LedgerAccessException.class)
        .hasMessageContaining(folder.resolve("a").toString());
  }

  @Test
  void failureInTheMiddleOfABatchLeavesWhatWasThere() throws IOException {
    ledger().record(List.of(Events.issued(1, "jane")));
    byte[] before = Files.readAllBytes(file());

    Process limited =
        new ProcessBuilder(
                "sh",
                "-c",
                "ulimit -f 64; exec \"$@\"",
                "sh",
                RecordingProcess.java("dev.certwright.ledger.RecordingProcess").get(0),
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.certwright.ledger.RecordingProcess",
                folder.resolve("a/b").toString(),
                "big",
                "1",
                "500")
            .redirectErrorStream(true)
            .start();
    String output = new String(limited.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(limited.onExit().join().exitValue()).as(output).isEqualTo(3);
    assertThat(output).contains("nothing can be recorded in").contains("File too large");
    assertThat(Files.readAllBytes(file())).isEqualTo(before);
    assertThat(ledger().record(List.of(Events.issued(2, "joe"))).tornBytes()).isZero();
  }

  @Test
  void threadsOfOneProcessTakeTurns() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(8);
    List<Callable<Receipt>> tasks = new ArrayList<>();
    for (int i = 1; i <= 200; i++) {
      int n = i;
      tasks.add(
          () ->
              new FileLedger(folder.resolve("a/b"), "t", Clock.systemUTC(), Duration.ofSeconds(60))
                  .record(List.of(Events.issued(n, "user" + n))));
    }
    for (Future<Receipt> receipt : executor.invokeAll(tasks)) {
      receipt.get();
    }
    executor.shutdown();

    assertThat(ledger().verify(null).isIntact()).isTrue();
    assertThat(ledger().head().sequence()).isEqualTo(200);
  }

  @Test
  void readerSeesCompleteLinesOnly() throws IOException {
    ledger().record(List.of(Events.issued(1, "jane")));
    try (FileChannel channel =
        FileChannel.open(file(), StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
      channel.write(java.nio.ByteBuffer.wrap(new byte[] {'{'}));
    }
    List<byte[]> lines = new ArrayList<>();

    ledger().read(lines::add);

    assertThat(lines).hasSize(1);
  }
}

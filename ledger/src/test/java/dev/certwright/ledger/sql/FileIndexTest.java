package dev.certwright.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.ledger.Account;
import dev.certwright.ledger.CertificateFilter;
import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.Event;
import dev.certwright.ledger.Events;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.LedgerAccessException;
import dev.certwright.ledger.LedgerContract;
import dev.certwright.ledger.LedgerDamagedException;
import dev.certwright.ledger.Problem;
import dev.certwright.ledger.Restriction;
import dev.certwright.ledger.Seen;
import dev.certwright.ledger.Target;
import dev.certwright.ledger.file.FileLedger;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A ledger in a file, with its index. */
final class FileIndexTest extends LedgerContract {
  @TempDir Path folder;

  @Override
  protected Ledger open() {
    return new FileLedger(folder, "tester@host", CLOCK, FileLedger.PATIENCE);
  }

  private int count() {
    try (Ledger ledger = open();
        Account account = ledger.account()) {
      return account.certificates(CertificateFilter.all(100_000), NOW).size();
    }
  }

  private void record(int from, int to) {
    List<Event> events = new ArrayList<>();
    for (int i = from; i < to; i++) {
      events.add(Events.issued(i, "user" + i));
    }
    try (Ledger ledger = open()) {
      ledger.record(events);
    }
  }

  private Path file() {
    return folder.resolve("ledger.jsonl");
  }

  @Test
  void indexCatchesUpWithEveryBatch() {
    record(0, 10);
    assertThat(count()).isEqualTo(10);
    record(10, 3000);
    assertThat(count()).isEqualTo(3000);
    assertThat(count()).isEqualTo(3000);
  }

  @Test
  void nobodyElseCanReadTheIndexInAFolderThatIsOpenToAll() throws IOException {
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
    record(0, 10);
    assertThat(count()).isEqualTo(10);
    record(10, 20);
    try (Ledger ledger = open();
        Account account = ledger.account()) {
      assertThat(account.certificates(CertificateFilter.all(100), NOW)).hasSize(20);
      assertThat(permissionsOfFiles())
          .containsKeys("index.sqlite", "index.sqlite-wal", "index.sqlite-shm")
          .allSatisfy((name, permissions) -> assertThat(permissions).isEqualTo("rw-------"));
    }
  }

  private Map<String, String> permissionsOfFiles() throws IOException {
    Map<String, String> permissions = new TreeMap<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, "{index,ledger}*")) {
      for (Path file : files) {
        permissions.put(
            file.getFileName().toString(),
            PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      }
    }
    return permissions;
  }

  @Override
  protected void execute(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("index.sqlite"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<Problem> problemsOfIndex() {
    try (Ledger ledger = open()) {
      return ledger.verifyAccount();
    }
  }

  @Test
  void indexThatIsNotThereOrBehindIsNoProblem() throws IOException {
    record(0, 10);
    assertThat(problemsOfIndex()).isEmpty();
    assertThat(folder.resolve("index.sqlite")).doesNotExist();
    assertThat(count()).isEqualTo(10);
    record(10, 20);
    assertThat(problemsOfIndex()).isEmpty();
    try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "*check*")) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void entriesThatTheIndexKnowsAndTheFileHasLostAreToldAlsoAfterTheIndexIsMadeAnew()
      throws IOException {
    record(0, 5);
    byte[] before = Files.readAllBytes(file());
    record(5, 10);
    assertThat(count()).isEqualTo(10);
    Files.write(file(), before);
    List<String> warnings = new ArrayList<>();

    assertLostEntryTen();
    try (Ledger ledger =
            new FileLedger(folder, "tester@host", CLOCK, FileLedger.PATIENCE, warnings::add);
        Account account = ledger.account()) {
      assertThat(account.certificates(CertificateFilter.all(100), NOW)).hasSize(5);
    }
    assertThat(count()).isEqualTo(5);
    record(20, 40);

    assertThat(warnings)
        .singleElement()
        .satisfies(
            warning ->
                assertThat(warning).contains("knows entry 10", "index.sqlite.aside-10-", "kept"));
    assertLostEntryTen();
  }

  private void assertLostEntryTen() {
    assertThat(problemsOfIndex())
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.text()).contains("knows entry 10", "its end was cut off"));
  }

  @Test
  void fileThatIsGoneOrEmptiedIsNotBegunAnewBesideItsIndex() throws IOException {
    record(0, 5);
    assertThat(count()).isEqualTo(5);
    for (boolean gone : new boolean[] {false, true}) {
      if (gone) {
        Files.delete(file());
      } else {
        Files.write(file(), new byte[0]);
      }
      assertThatThrownBy(() -> record(5, 6))
          .isInstanceOf(LedgerDamagedException.class)
          .hasMessageContaining("knows entry 5")
          .hasMessageContaining("nothing was recorded");
      assertThat(problemsOfIndex()).hasSize(1);
    }
  }

  @Test
  void indexOfNoEntryIsNoHindranceForTheFirstOne() {
    assertThat(count()).isZero();
    record(0, 1);
    assertThat(count()).isEqualTo(1);
  }

  @Test
  void triggerThatWouldChangeWhatTheIndexSaysIsFound() throws SQLException {
    record(0, 10);
    assertThat(count()).isEqualTo(10);
    execute("CREATE TRIGGER t AFTER INSERT ON restriction BEGIN DELETE FROM restriction; END");

    assertThat(problemsOfIndex())
        .singleElement()
        .satisfies(
            problem -> assertThat(problem.text()).contains("other tables, indexes or triggers"));
  }

  @Test
  void indexOfWhichAPartIsDamagedOrThatIsNoneIsFound() throws Exception {
    record(0, 3000);
    assertThat(count()).isEqualTo(3000);
    execute("PRAGMA wal_checkpoint(TRUNCATE)");
    Path index = folder.resolve("index.sqlite");
    byte[] bytes = Files.readAllBytes(index);
    byte[] changed = bytes.clone();
    String text = new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1);
    // Wherever it is: in the table, or in one of its indexes alone.
    int at = text.indexOf("user1234");
    assertThat(at).isPositive();
    changed[at] = 'U';
    Files.write(index, changed);
    assertThat(problemsOfIndex()).isNotEmpty();

    Files.writeString(index, "no database, and long enough to look like one ".repeat(99));
    assertThat(problemsOfIndex())
        .singleElement()
        .satisfies(problem -> assertThat(problem.text()).contains("is damaged"));
  }

  @Test
  void removedIndexIsMadeAnew() throws IOException {
    record(0, 10);
    assertThat(count()).isEqualTo(10);
    for (String ending : List.of("", "-wal", "-shm")) {
      Files.deleteIfExists(folder.resolve("index.sqlite" + ending));
    }
    assertThat(count()).isEqualTo(10);
  }

  @Test
  void damagedIndexIsMadeAnew() throws IOException {
    record(0, 10);
    assertThat(count()).isEqualTo(10);
    Files.writeString(
        folder.resolve("index.sqlite"), "this is no database, but long enough ".repeat(99));
    Files.deleteIfExists(folder.resolve("index.sqlite-wal"));
    assertThat(count()).isEqualTo(10);
  }

  /** A process that was killed leaves what it had not yet moved from the one file to the other. */
  @Test
  void whatIsLeftOfAnIndexThatWasRemovedIsNotTakenIntoTheNextOne() throws IOException {
    record(0, 2000);
    assertThat(count()).isEqualTo(2000);
    record(2000, 2500);
    Path left = folder.resolve("left");
    try (Ledger ledger = open();
        Account account = ledger.account()) {
      assertThat(account.restrictions(NOW)).isEmpty();
      Files.copy(folder.resolve("index.sqlite-wal"), left);
    }
    record(2500, 3000);
    Files.delete(folder.resolve("index.sqlite"));
    Files.copy(left, folder.resolve("index.sqlite-wal"));

    assertThat(count()).isEqualTo(3000);
    assertThat(count()).isEqualTo(3000);
  }

  @Test
  void indexThatIsDamagedWhereOnlyAQuestionComesToItIsMadeAnew() throws IOException {
    record(0, 3000);
    assertThat(count()).isEqualTo(3000);
    Path file = folder.resolve("index.sqlite");
    byte[] bytes = Files.readAllBytes(file);
    Arrays.fill(bytes, 20 * 4096, bytes.length, (byte) 0x5a);
    Files.write(file, bytes);

    assertThat(count()).isEqualTo(3000);
    try (Ledger ledger = open();
        Account account = ledger.account()) {
      assertThat(account.history(new Target(Target.Kind.CREDENTIAL, Events.credentialId(7))))
          .hasSize(1);
    }
  }

  @Test
  void indexThatIsRemovedWhileItIsInUseAnswersAndIsMadeAnewForOthers() throws IOException {
    record(0, 100);
    try (Ledger ledger = open();
        Account account = ledger.account()) {
      Files.delete(folder.resolve("index.sqlite"));
      assertThat(account.certificates(CertificateFilter.all(1000), NOW)).hasSize(100);
      record(100, 200);
      assertThat(count()).isEqualTo(200);
      assertThat(account.certificates(CertificateFilter.all(1000), NOW)).hasSize(100);
    }
    assertThat(count()).isEqualTo(200);
  }

  @Test
  void indexOfALedgerThatWasPutBackIsMadeAnew() throws IOException {
    record(0, 5);
    byte[] before = Files.readAllBytes(file());
    record(5, 10);
    assertThat(count()).isEqualTo(10);
    Files.write(file(), before);
    assertThat(count()).isEqualTo(5);
    record(20, 40);
    assertThat(count()).isEqualTo(25);
  }

  @Test
  void tornEndIsNotReadUntilItIsPutAside() throws IOException {
    record(0, 5);
    Files.writeString(file(), "{\"sequence\":6", java.nio.file.StandardOpenOption.APPEND);
    assertThat(count()).isEqualTo(5);
    record(5, 6);
    assertThat(count()).isEqualTo(6);
  }

  @Test
  void changedEntryIsNotTakenIntoTheIndex() throws IOException {
    record(0, 3);
    assertThat(count()).isEqualTo(3);
    record(3, 6);
    Files.writeString(file(), Files.readString(file()).replace("user4", "userX"));

    assertThatThrownBy(this::count)
        .isInstanceOf(LedgerDamagedException.class)
        .hasMessageContaining("entry 5");
  }

  @Test
  void indexOfAnEarlierVersionIsBroughtToThisOne() throws Exception {
    record(0, 10);
    Path file = folder.resolve("index.sqlite");
    try (Connection old = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = old.createStatement()) {
      for (String sql : IndexPosition.CREATE) {
        statement.execute(sql);
      }
      for (String sql : Schema.STEPS.get(0)) {
        statement.execute(sql);
      }
      statement.execute("PRAGMA user_version=1");
    }

    assertThat(count()).isEqualTo(10);
    assertThat(version(file)).isEqualTo(Schema.STEPS.size()).isGreaterThan(1);
  }

  private static int version(Path file) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.getInt(1);
    }
  }

  @Test
  void whatAKilledProcessLeftOfANewIndexIsNoHindrance() throws IOException {
    record(0, 10);
    Files.writeString(folder.resolve("index.sqlite.new"), "half an index");
    assertThat(count()).isEqualTo(10);
    assertThat(folder.resolve("index.sqlite.new")).doesNotExist();
  }

  @Test
  void changedEntryLeavesNoIndexBehind() throws IOException {
    record(0, 6);
    Files.writeString(file(), Files.readString(file()).replace("user4", "userX"));

    assertThatThrownBy(this::count).isInstanceOf(LedgerDamagedException.class);
    assertThat(folder.resolve("index.sqlite")).doesNotExist();
    assertThat(folder.resolve("index.sqlite.new")).doesNotExist();
  }

  /** The one is sorted after all rows are there, the other grows row by row. */
  @Test
  void indexMadeAtOnceAnswersAsOneThatGrew() throws IOException {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      events.add(Events.issued(i % 20, "user" + i % 7, "devs", "team" + i % 3));
      events.add(
          new Seen(
              Events.credentialId(i % 25),
              "user" + i % 7,
              List.of("devs"),
              "prod",
              NOW.minusSeconds(i),
              NOW.plusSeconds(i),
              List.of("10.0.0." + i),
              "audit.log"));
      events.add(
          new Restriction(
              i % 2 == 0 ? EntryType.SUSPENDED : EntryType.RESUMED,
              new Target(Target.Kind.USER, "user" + i % 5),
              null,
              ""));
    }
    for (Event event : events) {
      try (Ledger ledger = open()) {
        ledger.record(List.of(event));
      }
      count();
    }
    List<Object> grown = everything();
    Files.delete(folder.resolve("index.sqlite"));

    assertThat(everything()).isEqualTo(grown);
  }

  private List<Object> everything() {
    List<Object> all = new ArrayList<>();
    try (Ledger ledger = open();
        Account account = ledger.account()) {
      for (String group : List.of("devs", "team0", "team1", "team2")) {
        all.add(
            account.certificates(
                new CertificateFilter(
                    null,
                    group,
                    null,
                    null,
                    null,
                    Set.of(),
                    null,
                    null,
                    CertificateFilter.Order.UNTIL,
                    false,
                    1000),
                NOW));
      }
      all.add(account.certificates(CertificateFilter.all(1000), NOW));
      all.add(account.restrictions(NOW));
      for (int i = 0; i < 25; i++) {
        all.add(account.history(new Target(Target.Kind.CREDENTIAL, Events.credentialId(i))));
        all.add(account.history(new Target(Target.Kind.USER, "user" + i)));
      }
    }
    return all;
  }

  @Test
  void indexThatAnotherKeepsLockedIsAnErrorThatSaysSo() throws Exception {
    record(0, 5);
    assertThat(count()).isEqualTo(5);
    record(5, 6);
    try (Connection other =
            DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("index.sqlite"));
        Statement statement = other.createStatement();
        Ledger impatient = new FileLedger(folder, "tester@host", CLOCK, Duration.ofMillis(50))) {
      statement.execute("BEGIN IMMEDIATE");

      assertThatThrownBy(impatient::account)
          .isInstanceOf(LedgerAccessException.class)
          .hasMessageContaining("another process has kept the index");
      statement.execute("ROLLBACK");
      assertThat(count()).isEqualTo(6);
    }
  }

  @Test
  void severalReadersCatchUpAtOnce() throws Exception {
    record(0, 2000);
    ExecutorService executor = Executors.newFixedThreadPool(4);
    List<Callable<Integer>> tasks = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      tasks.add(this::count);
    }
    for (Future<Integer> future : executor.invokeAll(tasks)) {
      assertThat(future.get()).isEqualTo(2000);
    }
    executor.shutdown();
  }
}

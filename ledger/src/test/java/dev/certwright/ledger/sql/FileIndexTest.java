package dev.certwright.ledger.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.certwright.ledger.Account;
import dev.certwright.ledger.CertificateFilter;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.LedgerAccessException;
import dev.certwright.ledger.LedgerDamagedException;
import dev.certwright.ledger.file.FileLedger;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** An index that is brought up to date with its file. */
final class FileIndexTest extends IndexFixture {
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

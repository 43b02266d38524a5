package dev.certwright.authority.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One folder of clients, used by several threads and several processes at once. */
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class SeveralProcessesTest {
  @TempDir Path folder;

  @Test
  void ofTwoProcessesThatPublishTheSameUsersEachUserHasOneWinner() throws IOException {
    List<String> all = new ArrayList<>();
    try (ChildJvm one = publisher("keep", "one");
        ChildJvm two = publisher("keep", "two")) {
      all.addAll(one.remainingLines());
      all.addAll(two.remainingLines());
      assertThat(one.exitCode()).isZero();
      assertThat(two.exitCode()).isZero();
    }
    Map<String, Integer> winners = new HashMap<>();
    for (String line : all) {
      assertThat(line).matches("ready|(won|lost) [0-9]+");
      if (line.startsWith("won")) {
        winners.merge(line, 1, Integer::sum);
      }
    }
    assertThat(winners).hasSize(300);
    assertThat(winners.values()).containsOnly(1);
    assertWhole(300);
    assertThat(list(folder.resolve(".staging"))).isEmpty();
  }

  @Test
  void ofTwoProcessesThatReplaceTheSameUsersBothWinAndNothingIsLost() throws IOException {
    try (ChildJvm one = publisher("replace", "one");
        ChildJvm two = publisher("replace", "two")) {
      for (ChildJvm child : List.of(one, two)) {
        assertThat(child.remainingLines()).filteredOn(line -> line.startsWith("won")).hasSize(300);
        assertThat(child.exitCode()).isZero();
      }
    }
    assertWhole(300);
    assertThat(list(folder.resolve(".replaced"))).hasSize(300);
    assertThat(list(folder.resolve(".staging"))).isEmpty();
  }

  private ChildJvm publisher(String mode, String name) {
    return ChildJvm.start(FolderWorker.class, "publish", folder.toString(), "300", mode, name);
  }

  private void assertWhole(int users) throws IOException {
    for (int i = 0; i < users; i++) {
      byte[] contents = Files.readAllBytes(folder.resolve("user" + i + "/a"));
      assertThat(new String(contents, java.nio.charset.StandardCharsets.UTF_8))
          .isIn("one " + i, "two " + i);
      assertThat(Files.readAllBytes(folder.resolve("user" + i + "/b"))).isEqualTo(contents);
    }
  }

  @Test
  void ofManyThreadsThatPublishTheSameUserOneWins() throws Exception {
    for (int round = 0; round < 40; round++) {
      String user = "jane" + round;
      List<Object> outcomes = Collections.synchronizedList(new ArrayList<>());
      try (ClientFolders folders = ClientFolders.open(folder)) {
        inThreads(
            4,
            number -> {
              Path staged = folders.stage(Map.of("a", new byte[] {(byte) number}), false);
              try {
                outcomes.add(folders.publish(staged, user, false, false, "now"));
              } catch (ExistsException taken) {
                outcomes.add(taken);
              }
            });
      }
      assertThat(outcomes).hasSize(4);
      assertThat(outcomes).filteredOn(Path.class::isInstance).hasSize(1);
      assertThat(outcomes).filteredOn(ExistsException.class::isInstance).hasSize(3);
    }
  }

  @Test
  void openingAndClosingAtOnceDisturbsNobody() throws Exception {
    ClientFolders.open(folder).close();
    try (ChildJvm one = ChildJvm.start(FolderWorker.class, "open", folder.toString(), "300");
        ChildJvm two = ChildJvm.start(FolderWorker.class, "open", folder.toString(), "300")) {
      inThreads(
          3,
          number -> {
            for (int i = 0; i < 100; i++) {
              try (ClientFolders folders = ClientFolders.open(folder)) {
                Path staged = folders.stage(Map.of("a", new byte[] {1}), false);
                folders.publish(staged, "t" + number + "-" + i, false, false, "now");
              }
            }
          });
      assertThat(one.remainingLines()).containsExactly("done");
      assertThat(two.remainingLines()).containsExactly("done");
    }
    assertThat(list(folder.resolve(".staging"))).isEmpty();
    assertThat(list(folder)).hasSize(301);
  }

  @Test
  void whatALivingProcessHasStagedIsKept() {
    try (ChildJvm child = ChildJvm.start(FolderWorker.class, "hold", folder.toString())) {
      Path staged = Path.of(Objects.requireNonNull(child.line()));

      ClientFolders.open(folder).close();

      assertThat(staged.resolve("a")).exists();
      child.release();
      assertThat(child.line()).isEqualTo(folder.resolve("held").toString());
      assertThat(child.exitCode()).isZero();
    }
    assertThat(folder.resolve("held/a")).exists();
  }

  /** POSIX gives up a process's lock when any file that is open on it is closed. */
  @Test
  void secondUseInOneProcessDoesNotGiveUpTheLockOfTheFirst() {
    ClientFolders first = ClientFolders.open(folder);
    Path staged = first.stage(Map.of("a", new byte[] {1}), true);
    ClientFolders.open(folder).close();

    try (ChildJvm child = ChildJvm.start(FolderWorker.class, "open", folder.toString(), "1")) {
      assertThat(child.remainingLines()).containsExactly("done");
    }

    assertThat(staged.resolve("a")).exists();
    first.publish(staged, "jane", false, true, "now");
    first.close();
    assertThat(folder.resolve("jane/a")).exists();
  }

  @FunctionalInterface
  private interface Work {
    void run(int number) throws Exception;
  }

  /** All begin at once; what fails in one fails the test. */
  private static void inThreads(int count, Work work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(count);
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      Thread thread =
          new Thread(
              () -> {
                try {
                  start.await();
                  work.run(number);
                } catch (Exception failed) {
                  failures.add(failed);
                }
              });
      threads.add(thread);
      thread.start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(failures).isEmpty();
  }

  private static List<Path> list(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.toList();
    }
  }
}

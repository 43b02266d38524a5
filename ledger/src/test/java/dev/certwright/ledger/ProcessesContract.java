package dev.certwright.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Several processes at once, and processes that are killed; the same for each kind of ledger. */
public abstract class ProcessesContract {

  /** Where the ledger is, as {@link RecordingProcess} takes it. */
  protected abstract String place();

  /** That ledger. */
  protected abstract Ledger ledger();

  /** How many processes are killed. */
  protected abstract int kills();

  private Process start(String name, int batches, int size) throws IOException {
    List<String> words =
        new ArrayList<>(RecordingProcess.java("dev.certwright.ledger.RecordingProcess"));
    words.addAll(List.of(place(), name, Integer.toString(batches), Integer.toString(size)));
    return new ProcessBuilder(words).redirectErrorStream(true).start();
  }

  private Set<String> users() {
    Set<String> users = new HashSet<>();
    EntryReader reader = new EntryReader();
    try (Ledger ledger = ledger()) {
      ledger.read(
          line -> {
            Entry entry = reader.read(line);
            assertThat(users.add(((Issued) entry.event()).certificate().user())).isTrue();
          });
    }
    return users;
  }

  @Test
  void eightProcessesAtOnceKeepOneChainAndLoseNothing() throws IOException {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      processes.add(start("p" + i, 25, 3));
    }
    for (Process process : processes) {
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.onExit().join().exitValue()).as(output).isZero();
    }

    try (Ledger ledger = ledger()) {
      assertThat(ledger.verify(null).isIntact()).isTrue();
    }
    assertThat(users()).hasSize(8 * 25 * 3);
  }

  /** The moment is drawn; whatever it is, what was acknowledged stands in an intact chain. */
  @Test
  void processesThatAreKilledLoseNothingThatTheyAcknowledged() throws IOException {
    int kills = kills();
    Random random = new Random(9);
    Set<String> acknowledged = new HashSet<>();
    for (int kill = 0; kill < kills; kill++) {
      Process process = start("k" + kill, 100_000, 1 + random.nextInt(40));
      int lines = random.nextInt(60);
      StringBuilder output = new StringBuilder();
      while (lines > 0) {
        int c = process.getInputStream().read();
        assertThat(c).as(output.toString()).isGreaterThanOrEqualTo(0);
        output.append((char) c);
        lines -= c == '\n' ? 1 : 0;
      }
      // Not by the process itself, which would close the stream of what it said last.
      process.toHandle().destroyForcibly();
      output.append(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
      process.onExit().join();
      int end = output.lastIndexOf("\n");
      // Among what libraries print.
      String own = "k" + kill + "-";
      acknowledged.addAll(
          output.substring(0, end + 1).lines().filter(line -> line.startsWith(own)).toList());
      try (Ledger ledger = ledger()) {
        for (Problem problem : ledger.verify(null).problems()) {
          assertThat(problem.kind()).isEqualTo(Problem.Kind.TORN_END);
        }
      }
    }

    assertThat(users()).containsAll(acknowledged);
    assertThat(acknowledged).isNotEmpty();
  }
}

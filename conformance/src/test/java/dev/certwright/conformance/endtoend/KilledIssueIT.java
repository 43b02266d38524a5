package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * kill -9 of the program, as many times as {@code -Dkills} says, at moments that are drawn over the
 * whole of its run. Whenever that is: every client that is there is whole, every certificate stands
 * in the ledger, also one that has not reached its place, and the chain holds.
 */
@Tag("endurance")
class KilledIssueIT {
  /** {@code -Dkills=1000} for a whole proof; few in each run, since each costs a start of Java. */
  private static final int KILLS = Integer.parseInt(System.getProperty("kills", "50"));

  private static final int LONG_LISTS = Math.max(1, KILLS * 3 / 100);
  private static final int SHORT_LISTS = KILLS * 37 / 100;
  private static final int SINGLE = KILLS - SHORT_LISTS - LONG_LISTS;

  private final Path folder = Places.newFolder("killed");
  private final Random random = new Random(20);
  private IssuedPlace place = IssuedPlace.in(folder.resolve("first"));
  private int killed;
  private int recordedOnly;

  KilledIssueIT() {
    certwright().run("ca", "init").expectSuccess();
  }

  private Program certwright() {
    return Certwright.in(folder)
        .with("CERTWRIGHT_CA", folder.resolve("pki"))
        .with("CERTWRIGHT_SERVER", "https://10.0.0.1:6443")
        .with("CERTWRIGHT_OUT", place.folder())
        .with("CERTWRIGHT_HOME", place.home());
  }

  /** How long it takes when nobody kills it, in microseconds. */
  private long duration(String name, int people) throws Exception {
    long[] nanos = new long[5];
    for (int i = 0; i < nanos.length; i++) {
      long start = System.nanoTime();
      assertThat(start(name + "-unharmed" + i, people).waitFor()).isZero();
      nanos[i] = System.nanoTime() - start;
    }
    Arrays.sort(nanos);
    return TimeUnit.NANOSECONDS.toMicros(nanos[nanos.length / 2]);
  }

  private Process start(String name, int people) throws IOException {
    if (people == 1) {
      return certwright().start("issue", name, "devs");
    }
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < people; i++) {
      list.append(name).append('-').append(i).append(",devs\n");
    }
    Path file = Files.writeString(folder.resolve("people.csv"), list);
    return certwright().start("issue", "--from", file.toString());
  }

  /** Before the first quarter of its time Java itself starts. */
  private void kill(String name, int people, long duration) throws Exception {
    int entries = place.entries();
    int clients = place.checked();
    Process process = start(name, people);
    long moment = duration / 4 + random.nextLong(duration * 3 / 4);
    boolean ended = process.waitFor(moment, TimeUnit.MICROSECONDS);
    process.destroyForcibly().waitFor();
    process.getInputStream().close();
    place.check();
    killed += ended ? 0 : 1;
    recordedOnly += place.entries() - entries > place.checked() - clients ? 1 : 0;
  }

  private void report(String what, long duration) {
    System.err.println(
        what
            + ": "
            + killed
            + " killed while they ran ("
            + duration / 1000
            + " ms), "
            + recordedOnly
            + " of them between entry and files");
    killed = 0;
    recordedOnly = 0;
  }

  @Test
  void killed_runs_leave_nothing_half_there_and_nothing_out_of_the_ledger() throws Exception {
    long duration = duration("single", 1);
    for (int run = 0; killed < SINGLE; run++) {
      kill("user" + run, 1, duration);
    }
    assertThat(start("last", 1).waitFor()).isZero();
    place.check();
    assertThat(place.clients()).contains(place.folder().resolve("last"));
    report("single", duration);

    duration = duration("short", 20);
    for (int run = 0; killed < SHORT_LISTS; run++) {
      place = run % 50 == 0 ? IssuedPlace.in(folder.resolve("short" + run)) : place;
      kill("short" + run, 20, duration);
    }
    report("lists of 20", duration);

    place = IssuedPlace.in(folder.resolve("unharmed"));
    duration = duration("long", 1500);
    for (int run = 0; killed < LONG_LISTS; run++) {
      place = IssuedPlace.in(folder.resolve("long" + run));
      kill("long" + run, 1500, duration);
      if (run % 10 == 0) {
        // What was killed goes on where it stopped.
        assertThat(start("long" + run, 1500).waitFor()).isZero();
        place.check();
        assertThat(place.clients()).hasSize(1500);
      }
      delete(place.folder());
    }
    report("lists of 1500", duration);
  }

  private static void delete(Path tree) throws IOException {
    if (Files.exists(tree)) {
      List<Path> all;
      try (Stream<Path> walk = Files.walk(tree)) {
        all = new ArrayList<>(walk.toList());
      }
      java.util.Collections.reverse(all);
      for (Path path : all) {
        Files.delete(path);
      }
    }
  }
}

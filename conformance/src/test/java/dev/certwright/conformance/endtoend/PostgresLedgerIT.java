package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.controlplane.Servers;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.DatabaseServer;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import dev.certwright.ledger.Ledger;
import dev.certwright.ledger.sql.PostgresLedger;
import dev.certwright.ledger.sql.PostgresUrl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/**
 * The ledger in a real PostgreSQL, when the program or the database is killed, and when the
 * database's disk is full: every certificate on the disk stands in the ledger, the chain holds, and
 * whoever issues is told.
 */
@Order(1)
class PostgresLedgerIT {
  /** Of the program; three quarters while it issues for one, the others for a list. */
  private static final int KILLS = Integer.getInteger("kills", 15) * 2 / 5;

  private static final int SINGLE = KILLS * 3 / 4;
  private static final int SERVER_KILLS = Integer.getInteger("database.kills", 5);

  /** More than are recorded at once, so that it can come between two of these. */
  private static final int LIST = 2000;

  private final Path folder = Places.newFolder("postgres-ledger");
  private final Random random = new Random(9);

  PostgresLedgerIT() {
    Certwright.in(folder).run("ca", "init").expectSuccess();
  }

  private Program certwright(String url) {
    return Certwright.in(folder)
        .with("CERTWRIGHT_CA", folder.resolve("pki"))
        .with("CERTWRIGHT_SERVER", "https://10.0.0.1:6443")
        .with("CERTWRIGHT_OUT", folder.resolve("place/clients"))
        .with("CERTWRIGHT_LEDGER", url);
  }

  private IssuedPlace place(String url) {
    Ledger ledger = new PostgresLedger(PostgresUrl.of(url), "test", Clock.systemUTC());
    return new IssuedPlace(folder.resolve("place"), ledger);
  }

  private Path people(String name, int count) throws IOException {
    StringBuilder list = new StringBuilder();
    for (int i = 0; i < count; i++) {
      list.append(name).append('-').append(i).append(",devs\n");
    }
    return Files.writeString(folder.resolve("people.csv"), list);
  }

  @Test
  void killed_runs_leave_nothing_half_there_and_nothing_out_of_the_ledger() throws Exception {
    try (DatabaseServer server = DatabaseServer.start(folder)) {
      IssuedPlace place = place(server.url());
      Program certwright = certwright(server.url());
      int killed = 0;
      for (int run = 0; killed < KILLS; run++) {
        boolean list = killed >= SINGLE;
        long start = System.nanoTime();
        Process unharmed =
            certwright.start("issue", "--from", people("unharmed" + run, list ? 20 : 1).toString());
        assertThat(unharmed.waitFor()).isZero();
        long duration = TimeUnit.NANOSECONDS.toMicros(System.nanoTime() - start);
        int until = list ? KILLS : SINGLE;
        for (int kill = 0; kill < 10 && killed < until; kill++) {
          String name = "user" + run + "x" + kill;
          Process process =
              list
                  ? certwright.start("issue", "--from", people(name, 20).toString())
                  : certwright.start("issue", name, "devs");
          long moment = duration / 4 + random.nextLong(duration * 3 / 4);
          killed += process.waitFor(moment, TimeUnit.MICROSECONDS) ? 0 : 1;
          process.destroyForcibly().waitFor();
          place.check();
        }
      }
      assertThat(certwright.run("issue", "last", "devs").exitCode()).isZero();
      place.check();
      assertThat(place.clients()).contains(place.folder().resolve("last"));
      assertThat(certwright.run("ledger", "verify").expectSuccess()).startsWith("intact");
    }
  }

  @Test
  void database_that_is_killed_while_many_are_issued_loses_nothing_and_is_told() throws Exception {
    try (DatabaseServer server = DatabaseServer.start(folder)) {
      IssuedPlace place = place(server.url());
      Program certwright = certwright(server.url());
      int lists = 0;
      for (int kill = 0; kill < SERVER_KILLS; lists++) {
        String file = people("user" + lists, LIST).toString();
        int before = place.clients().size();
        int more = kill == 0 ? 0 : random.nextInt(LIST / 4);
        CompletableFuture<Outcome> issuing =
            CompletableFuture.supplyAsync(() -> certwright.run("issue", "--from", file));
        while (place.clients().size() <= before + more && !endsWithin(issuing, 2)) {
          // As many as were drawn are to be there first.
        }
        server.kill();
        Outcome outcome = issuing.get();
        // It may have come when all were recorded.
        assertThat(outcome.exitCode()).as(outcome.err()).isIn(0, 3);
        if (outcome.exitCode() == 3) {
          kill++;
          assertThat(outcome.err())
              .contains("nothing can be recorded in " + server.url() + ": ")
              .contains("hint: ")
              .doesNotContain("Exception");
        }

        Outcome single = certwright.run("issue", "nobody", "devs");
        assertThat(single.exitCode()).isEqualTo(3);
        assertThat(single.err()).contains("nothing can be recorded in " + server.url());
        assertThat(place.folder().resolve("nobody")).doesNotExist();
        Outcome list = certwright.run("list");
        assertThat(list.exitCode()).isEqualTo(3);
        assertThat(list.err()).contains("the ledger cannot be read: " + server.url());

        server.start();
        place(server.url()).check();
        certwright.run("issue", "--from", file).expectSuccess();
        place(server.url()).check();
      }
      assertThat(place.clients()).hasSize(LIST * lists);
      assertThat(certwright.run("ledger", "verify").expectSuccess()).startsWith("intact");
    }
  }

  private static boolean endsWithin(CompletableFuture<Outcome> run, long milliseconds)
      throws Exception {
    try {
      run.get(milliseconds, TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException running) {
      return false;
    }
  }

  /** Its default may be to acknowledge what it has not written yet. */
  @Test
  void database_that_acknowledges_early_and_is_killed_at_once_has_the_entry() throws Exception {
    try (DatabaseServer server =
        DatabaseServer.start(folder, "synchronous_commit=off", "wal_writer_delay=10s")) {
      Program certwright = certwright(server.url());
      for (int i = 0; i < 3; i++) {
        certwright.run("issue", "user" + i, "devs").expectSuccess();
        server.kill();
        server.start();
        place(server.url()).check();
      }
    }
  }

  @Test
  void on_a_full_disk_of_the_database_nothing_is_issued_and_nothing_is_lost() throws Exception {
    Files.createDirectory(folder.resolve("disk"));
    Path people = people("bulk", 20_000);
    int port = Servers.freePort();
    String script =
        """
        set -u
        mount -t tmpfs -o size=64m tmpfs disk || exit 90
        postgres() {
          p=$1
          shift
          unshare -U "$POSTGRES/$p" -D disk/data "$@" >>disk.log 2>&1
        }
        postgres initdb -A trust -U postgres -E UTF8 --no-sync --wal-segsize=1 || exit 91
        postgres pg_ctl -l server.log -w -o "-c listen_addresses=127.0.0.1 -p $PORT \\
          -c unix_socket_directories= -c min_wal_size=2MB -c max_wal_size=4MB" start || exit 92
        step() {
          name=$1
          shift
          "$CERTWRIGHT" "$@" >"$name.out" 2>"$name.err"
          echo "$?" >"$name.code"
        }
        step room issue jane devs
        cat /dev/zero >disk/filler 2>/dev/null
        step bulk issue --from people.csv
        step export ledger export
        rm disk/filler
        postgres pg_ctl -m immediate stop
        postgres pg_ctl -l server.log -w -o "-c listen_addresses=127.0.0.1 -p $PORT \\
          -c unix_socket_directories=" start || exit 93
        step again issue joe devs
        step verify ledger verify
        step all ledger export
        postgres pg_ctl -m immediate stop
        """;
    Files.writeString(folder.resolve("script"), script);
    Outcome outcome =
        Certwright.environmentOf(
                Program.of(folder, "unshare", "--map-root-user", "--mount", "sh", "script"), folder)
            .with("CERTWRIGHT_CA", folder.resolve("pki"))
            .with("CERTWRIGHT_SERVER", "https://10.0.0.1:6443")
            .with("CERTWRIGHT_OUT", folder.resolve("place/clients"))
            .with("CERTWRIGHT_LEDGER", "postgresql://postgres@127.0.0.1:" + port + "/postgres")
            .with("CERTWRIGHT", Places.root().resolve("cli/target/dist/certwright"))
            .with("POSTGRES", DatabaseServer.programs())
            .with("PORT", port)
            .run();

    assertThat(outcome.exitCode()).as(outcome.err()).isZero();
    assertThat(text("room.code")).isEqualTo("0\n");
    assertThat(text("bulk.code")).as(text("bulk.err")).isEqualTo("3\n");
    assertThat(text("bulk.err")).contains("nothing can be recorded in").contains("hint: ");
    assertThat(text("again.code")).as(text("again.err")).isEqualTo("0\n");
    assertThat(text("verify.out")).startsWith("intact");
    Path copy = Files.createDirectories(folder.resolve("place/home"));
    Files.copy(folder.resolve("all.out"), copy.resolve("ledger.jsonl"));
    IssuedPlace place = IssuedPlace.in(folder.resolve("place"));
    place.check();
    assertThat(place.clients())
        .contains(place.folder().resolve("jane"), place.folder().resolve("joe"))
        .hasSizeLessThan(20_000);
    assertThat(people).exists();
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }
}

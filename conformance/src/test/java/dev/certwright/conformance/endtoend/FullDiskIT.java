package dev.certwright.conformance.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Outcome;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The ledger on a disk that is full, and on one that is mounted to be read only: a real one of 256
 * KiB, in a mount namespace of its own, for which nobody has to be root.
 */
class FullDiskIT {
  private static final String BEGIN =
      """
      set -u
      mount -t tmpfs -o size=256k tmpfs disk || exit 90
      fill() { cat /dev/zero >disk/filler 2>/dev/null; }
      step() {
        name=$1
        shift
        "$CERTWRIGHT" "$@" >"$name.out" 2>"$name.err"
        echo "$?" >"$name.code"
      }
      """;

  private final Path folder = Places.newFolder("full-disk");

  @BeforeEach
  void prepare() throws IOException {
    Files.createDirectory(folder.resolve("disk"));
    certwright().run("ca", "init").expectSuccess();
    StringBuilder people = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      people.append("bulk").append(i).append(",devs\n");
    }
    Files.writeString(folder.resolve("people.csv"), people);
  }

  private Program certwright() {
    return Certwright.in(folder);
  }

  /** Runs a script with the disk; each step leaves what it printed and how it ended. */
  private void run(String script) throws IOException {
    Files.writeString(folder.resolve("script"), BEGIN + script);
    Outcome outcome =
        Certwright.environmentOf(
                Program.of(folder, "unshare", "--map-root-user", "--mount", "sh", "script"), folder)
            .with("CERTWRIGHT_CA", folder.resolve("pki"))
            .with("CERTWRIGHT_SERVER", "https://10.0.0.1:6443")
            .with("CERTWRIGHT_HOME", folder.resolve("disk/home"))
            .with("CERTWRIGHT", Places.root().resolve("cli/target/dist/certwright"))
            .run();
    if (outcome.exitCode() != 0) {
      throw new AssertionError(
          "this test mounts a small disk in a namespace of its own, which did not work here;"
              + " the kernel must allow user namespaces, or run it as root: "
              + outcome.err());
    }
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve(file));
  }

  private void ended(String step, int code, String... expected) throws IOException {
    String printed = text(step + ".out") + text(step + ".err");
    assertThat(text(step + ".code").trim()).as(step + ": " + printed).isEqualTo("" + code);
    assertThat(printed).doesNotContain("Exception");
    for (String text : expected) {
      assertThat(printed).contains(text);
    }
  }

  @Test
  void on_a_full_disk_nothing_is_issued_nothing_is_lost_and_questions_are_answered()
      throws IOException {
    run(
        """
        step room issue jane devs
        fill
        cp disk/home/ledger.jsonl before
        step bulk issue --from people.csv
        cp disk/home/ledger.jsonl after
        i=1
        step single issue single1 devs
        while [ "$(cat single.code)" = 0 ] && [ $i -lt 9 ]; do
          i=$((i + 1))
          step single issue single$i devs
        done
        echo single$i >refused
        step verify ledger verify
        step list list
        step show show jane
        step import import clients
        rm disk/filler
        step again issue joe devs
        step room-list list
        step room-verify ledger verify
        """);

    ended("room", 0);
    ended("bulk", 3, "nothing can be recorded in", "No space left on device", "hint: ");
    assertThat(folder.resolve("after")).hasSameBinaryContentAs(folder.resolve("before"));
    assertThat(folder.resolve("clients/bulk0")).doesNotExist();
    ended("single", 3, "nothing can be recorded in", "No space left on device", "hint: ");
    assertThat(folder.resolve("clients").resolve(text("refused").trim())).doesNotExist();
    ended("verify", 0, "intact");
    ended("list", 0, "jane");
    ended("show", 0, "jane");
    ended("import", 0, "0 certificates taken");
    ended("again", 0);
    ended("room-list", 0, "jane", "joe");
    ended("room-verify", 0, "intact");
    assertThat(text("again.err")).isEmpty();
  }

  @Test
  void on_a_full_disk_for_files_no_half_of_a_client_is_left() throws IOException {
    run(
        """
        export CERTWRIGHT_HOME=home
        step room issue ann devs --out elsewhere
        fill
        step single issue jane devs --out disk/clients
        step bulk issue --from people.csv --out disk/clients
        find disk -name client.crt -o -name kubeconfig >left
        step verify ledger verify
        """);

    ended("room", 0, "made elsewhere/ann/");
    ended("single", 3, "No space left on device");
    assertThat(text("bulk.code").trim()).isIn("1", "3");
    assertThat(text("left")).isEmpty();
    ended("verify", 0, "intact");
  }

  @Test
  void on_a_disk_that_is_read_only_nothing_is_issued_and_questions_are_answered()
      throws IOException {
    run(
        """
        step room issue jane devs
        mount -o remount,ro disk || exit 91
        cp disk/home/ledger.jsonl before
        step single issue joe devs
        step bulk issue --from people.csv
        step list list
        step show show jane
        step verify ledger verify
        step report report
        step head ledger head
        mount -o remount,rw disk
        step again issue joe devs
        step room-verify ledger verify
        """);

    ended("single", 3, "nothing can be recorded in", "Read-only file system", "hint: ");
    ended("bulk", 3, "nothing can be recorded in", "Read-only file system", "hint: ");
    assertThat(folder.resolve("clients/bulk0")).doesNotExist();
    ended("list", 0, "jane");
    ended("show", 0, "jane");
    ended("verify", 0, "intact: 1 entries");
    ended("report", 0, "jane");
    ended("head", 0);
    ended("again", 0);
    ended("room-verify", 0, "intact: 2 entries");
  }
}

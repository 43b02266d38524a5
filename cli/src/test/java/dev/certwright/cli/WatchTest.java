package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.ledger.EntryType;
import dev.certwright.ledger.Restriction;
import dev.certwright.ledger.Target;
import dev.certwright.ledger.file.FileLedger;
import dev.certwright.revocation.Denylist;
import dev.certwright.revocation.authorization.AuthorizationConfiguration;
import dev.certwright.revocation.authorization.Origin;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Outlets that are kept up to date while somebody else works. */
final class WatchTest {
  @TempDir Path folder;
  private Path home;
  private Path authorization;
  private Path ready;
  private @Nullable FutureTask<Integer> running;
  private @Nullable Thread thread;
  private BufferedReader lines = new BufferedReader(Reader.nullReader());

  @BeforeEach
  void setUp() {
    home = folder.resolve("home");
    authorization = folder.resolve("authorization.yaml");
    ready = folder.resolve("ready");
    assertThat(Run.certwright("ca", "init", "--ca", folder + "/pki").exitCode()).isZero();
    run("revocations", "setup", "--authorization-mode=Node,RBAC", "--yes", "--dir=" + folder);
    issue("jane");
  }

  @AfterEach
  void stop() throws Exception {
    Thread started = thread;
    FutureTask<Integer> watching = running;
    if (started != null && watching != null) {
      started.interrupt();
      assertThat(watching.get()).isZero();
      assertThat(ready).doesNotExist();
    }
  }

  private Run run(String... words) {
    Run run = Run.withInput("", Map.of("CERTWRIGHT_HOME", home.toString()), words);
    assertThat(run.exitCode()).as(run.err()).isZero();
    return run;
  }

  private void issue(String user) {
    run("issue", user, "--ca", folder + "/pki", "--out", folder + "/out", "-s", "https://10.0.0.1");
  }

  /** Starts it and waits for what it says first. */
  private void watch(String... more) throws IOException {
    List<String> words = new ArrayList<>(List.of("revocations", "watch", "--ready-file"));
    words.add(ready.toString());
    words.addAll(List.of("--interval", "1"));
    words.addAll(List.of(more));
    PipedInputStream reading = new PipedInputStream(1 << 16);
    PrintStream out =
        new PrintStream(new PipedOutputStream(reading), false, StandardCharsets.UTF_8);
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]),
            out,
            out,
            Map.of("CERTWRIGHT_HOME", home.toString()),
            false,
            false);
    FutureTask<Integer> watching = new FutureTask<>(() -> Main.run(words, console));
    Thread started = new Thread(watching);
    running = watching;
    thread = started;
    started.start();
    lines = new BufferedReader(new InputStreamReader(reading, StandardCharsets.UTF_8));
  }

  private void await(String text) throws IOException {
    String line = lines.readLine();
    while (line != null && !line.contains(text)) {
      line = lines.readLine();
    }
    assertThat(line).as(text).isNotNull();
  }

  private void awaitReady(boolean wanted) {
    long end = System.nanoTime() + 60_000_000_000L;
    while (Files.exists(ready) != wanted) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private int refused() throws IOException {
    return Files.readString(authorization).split("'X509SHA256=", -1).length - 1;
  }

  @Test
  void what_somebody_else_records_is_published_at_once_and_what_others_change_is_put_right()
      throws IOException {
    watch();
    await("written to " + authorization + ", 0 refused");
    awaitReady(true);

    revokeElsewhere("jane");
    await(authorization + ", 6 refused");
    assertThat(refused()).isEqualTo(6);

    String good = Files.readString(authorization);
    Files.writeString(authorization, good.replaceAll("\n *'X509SHA256=[0-9a-f]{64}'", ""));
    await("written to " + authorization);
    assertThat(Files.readString(authorization)).isEqualTo(good);
  }

  /** As by somebody who knows of no outlet. */
  private void revokeElsewhere(String user) {
    Run revoked =
        Run.withInput(
            "",
            Map.of("CERTWRIGHT_HOME", home.toString()),
            "revoke",
            user,
            "--yes",
            "--outlets",
            folder + "/other-outlets.yaml");
    assertThat(revoked.exitCode()).as(revoked.err()).isEqualTo(ExitCode.NO);
  }

  @Test
  void broken_file_is_left_alone_and_said_and_when_it_is_whole_again_it_goes_on()
      throws IOException {
    watch();
    await("written to " + authorization + ", 0 refused");
    awaitReady(true);
    String good = Files.readString(authorization);

    Files.writeString(authorization, good.replace("type: Node", "type: Nod"));
    await("not published");
    awaitReady(false);
    assertThat(Files.readString(authorization)).contains("type: Nod\n");

    Files.writeString(authorization, good);
    await("works again");
    awaitReady(true);
  }

  @Test
  void what_has_expired_since_it_was_published_leaves_the_list() throws IOException {
    run("revocations", "publish");
    String expired = "X509SHA256=" + "0a".repeat(32);
    try (FileLedger ledger = new FileLedger(home, "test", Clock.systemUTC(), FileLedger.PATIENCE)) {
      ledger.record(
          List.of(
              new Restriction(
                  EntryType.REVOKED,
                  new Target(Target.Kind.CREDENTIAL, expired),
                  Instant.now().minusSeconds(1),
                  "")));
    }
    AuthorizationConfiguration before =
        AuthorizationConfiguration.read("file", Files.readAllBytes(authorization));
    Denylist denylist =
        new Denylist(
            new Denylist.Names(List.of(expired), List.of(), List.of()), Denylist.EMPTY.revoked());
    Files.writeString(
        authorization,
        before.withDenylist(denylist, folder + "/n", Origin.carried(before.ledger())).text());

    watch();

    await("written to " + authorization + ", 0 refused");
    assertThat(refused()).isZero();
  }

  @Test
  void list_that_was_published_elsewhere_takes_the_ledgers_place() throws IOException {
    Path published = folder.resolve("published.yaml");
    Files.copy(authorization, folder.resolve("node.yaml"));
    watch("--published", published.toString());
    await("does not exist");

    revokeElsewhere("jane");
    run("revocations", "publish");
    Files.copy(authorization, published);
    await(authorization + ", 6 refused");
    awaitReady(true);

    String withOther = Files.readString(published).replace("type: Node", "type: AlwaysAllow");
    Files.writeString(published, withOther.replace("name: node", "name: alwaysallow"));
    awaitReady(true);
    assertThat(AuthorizationConfiguration.read("file", Files.readAllBytes(authorization)).names())
        .containsExactly("revoked-client-certificates", "node", "rbac");
  }

  @Test
  void list_from_before_is_not_taken_over_a_later_one_unless_that_is_said() throws Exception {
    Path published = folder.resolve("published.yaml");
    run("revoke", "--user", "joe", "--yes");
    byte[] earlier = Files.readAllBytes(authorization);
    run("revoke", "jane", "--yes");
    Files.copy(authorization, published);
    watch("--published", published.toString());
    await("already in " + authorization + ", 7 refused");

    Files.write(published, earlier);
    await("not published: " + authorization);
    awaitReady(false);
    assertThat(refused()).isEqualTo(6);

    stop();
    watch("--published", published.toString(), "--allow-other-ledger");
    await("written to " + authorization + ", 1 refused");
    assertThat(refused()).isZero();
  }

  @Test
  void recipient_that_hangs_keeps_no_other_from_what_is_newer_and_gets_that_when_it_is_back()
      throws IOException {
    Path outlets = home.resolve("outlets.yaml");
    Files.writeString(
        outlets,
        Files.readString(outlets)
            + """
                recipients:
                - {name: slow, command: [sh, -c, 'cat >%1$s/got; while [ ! -e %1$s/go ]; do sleep 0.05; done; mv %1$s/got %1$s/slow']}
                - {name: fast, command: [sh, -c, 'cat >%1$s/new && mv %1$s/new %1$s/fast']}
            """
                .formatted(folder));
    watch();
    await("slow: has not taken it yet");
    assertThat(ready).doesNotExist();

    revokeElsewhere("jane");
    await(authorization + ", 6 refused");
    Path fast = folder.resolve("fast");
    awaitContent(fast);
    assertThat(folder.resolve("slow")).doesNotExist();

    Files.createFile(folder.resolve("go"));
    await("slow: works again");
    awaitReady(true);
    awaitContent(folder.resolve("slow"));
  }

  /** Until it holds what is published. */
  private void awaitContent(Path file) throws IOException {
    String wanted = Files.readString(authorization);
    long end = System.nanoTime() + 60_000_000_000L;
    while (!Files.exists(file) || !Files.readString(file).equals(wanted)) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void signal_ends_it_with_success_and_nothing_unfinished_behind() throws Exception {
    List<String> words =
        List.of(
            Shell.certwright(
                "revocations", "watch", "--ready-file", ready.toString(), "--interval", "1"));
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    TestHome.useIn(builder);
    builder.environment().put("CERTWRIGHT_HOME", home.toString());
    Process process = builder.start();
    lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    await("written to " + authorization + ", 0 refused");
    awaitReady(true);

    process.destroy();

    assertThat(process.waitFor()).isZero();
    assertThat(ready).doesNotExist();
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left.filter(path -> path.getFileName().toString().startsWith("."))).isEmpty();
    }
  }

  @Test
  void without_outlet_there_is_nothing_to_watch() {
    Run run =
        Run.withInput(
            "",
            Map.of("CERTWRIGHT_HOME", home.toString()),
            "revocations",
            "watch",
            "--outlets",
            folder + "/none.yaml");

    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("there is nothing to watch");
  }

  @Test
  void revocation_list_that_somebody_took_away_is_put_back() throws IOException {
    Path list = folder.resolve("ca.crl");
    Files.writeString(
        home.resolve("outlets.yaml"),
        """
        apiVersion: certwright.dev/v1alpha1
        kind: RevocationOutlets
        outlets:
        - name: nginx
          revocationList: {path: ../ca.crl, caCert: ../pki/ca.crt, caKey: ../pki/ca.key}
        """);
    watch();
    await("ca.crl, 0 refused");
    awaitReady(true);

    Files.delete(list);

    await("ca.crl, 0 refused");
    assertThat(list).exists();
  }
}

package dev.certwright.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.cli.launcher.Sandbox.Result;
import dev.certwright.cli.launcher.Sandbox.Run;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In a checkout the launcher builds on first use, once, and says what stands in the way. */
class LauncherBuildTest {
  private static final String SHELLS = "dev.certwright.cli.launcher.Sandbox#shells";

  /** Acts Maven: counts its calls, then builds, or fails when told to. */
  private static final String FAKE_MAVEN =
      """
      #!/bin/sh
      echo "$JAVA_HOME $*" >>"$SANDBOX/builds"
      [ ! -p "$SANDBOX/gate" ] || read -r open <"$SANDBOX/gate"
      if [ -e "$SANDBOX/build-fails" ]; then
        echo '[ERROR] no such thing'
        exit 1
      fi
      mkdir -p cli/target/dist/lib
      echo jar >cli/target/dist/lib/certwright.jar
      """;

  private Sandbox sandbox;
  private Path launcher;
  private Path jar;
  private Path jdk;

  @BeforeEach
  void layOut(@TempDir Path root) throws IOException {
    sandbox = new Sandbox(root.toRealPath());
    launcher = sandbox.checkout("a checkout");
    jar = launcher.resolveSibling("cli/target/dist/lib/certwright.jar");
    jdk = sandbox.jdk("usr/lib/jvm/jdk-17", "17.0.15");
    Sandbox.executable(sandbox.tools.resolve("mvn"), FAKE_MAVEN);
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void firstRun_buildsWithTheChosenJdk_saysSoOnStderr_andRuns(List<String> shell)
      throws IOException {
    Result first = sandbox.with("FAKE_JAVA_READS", "yes").run(shell, launcher, "issue", "jane");
    assertThat(first.status()).isZero();
    assertThat(first.err())
        .isEqualTo("certwright: building from source with Maven and Java 17.0.15 (first use)\n");
    assertThat(first.out()).startsWith("java=" + jdk).contains("[" + jar + "]", "stdin=hello");
    assertThat(builds()).singleElement().asString().startsWith(jdk + " -B ");
    Result second = sandbox.run(shell, launcher);
    assertThat(second.err()).isEmpty();
    assertThat(builds()).hasSize(1);
    assertThat(launcher.resolveSibling("target/launcher")).isEmptyDirectory();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void checkoutMovedOn_isBuiltAgain(List<String> shell) throws IOException {
    sandbox.run(shell, launcher);
    Path head = launcher.resolveSibling(".git/logs/HEAD");
    Files.createDirectories(head.getParent());
    Files.createFile(head);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));
    assertThat(sandbox.run(shell, launcher).err()).contains("sources changed since the last build");
    assertThat(builds()).hasSize(2);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(60)));
    Files.delete(sandbox.tools.resolve("mvn"));
    Result withoutMaven = sandbox.run(shell, launcher);
    assertThat(withoutMaven.status()).isZero();
    assertThat(withoutMaven.err()).contains("running what is there");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void checkoutMovedOnAndTheJarIsTheSame_isNotBuiltForEver(List<String> shell) throws IOException {
    sandbox.run(shell, launcher);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().minusSeconds(120)));
    Path head = launcher.resolveSibling(".git/logs/HEAD");
    Files.createDirectories(head.getParent());
    Files.createFile(head);
    Files.setLastModifiedTime(head, FileTime.from(Instant.now().minusSeconds(60)));
    Path hash = Files.writeString(jar.resolveSibling("certwright.jar.sha256"), "0");
    assertThat(sandbox.run(shell, launcher).err()).isEmpty();
    Files.setLastModifiedTime(hash, FileTime.from(Instant.now().minusSeconds(90)));
    assertThat(sandbox.run(shell, launcher).err()).contains("sources changed since the last build");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void buildThatFails_showsErrorsAndKeepsTheLog(List<String> shell) throws IOException {
    Files.createFile(sandbox.root.resolve("build-fails"));
    Result result = sandbox.run(shell, launcher);
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.out()).isEmpty();
    Path log = launcher.resolveSibling("target/launcher/build.log");
    assertThat(result.err())
        .contains(
            "[ERROR] no such thing", "error: the build failed", "hint: what Maven said", "" + log);
    assertThat(log).content().contains("no such thing");
    Files.delete(sandbox.root.resolve("build-fails"));
    assertThat(sandbox.run(shell, launcher).status()).isZero();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void noMaven_isAClearMessage(List<String> shell) throws IOException {
    Files.delete(sandbox.tools.resolve("mvn"));
    Result result = sandbox.run(shell, launcher);
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("Maven (mvn) is not on the PATH", "hint: install Maven");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void runtimeWithoutCompiler_isAClearMessage(List<String> shell) throws IOException {
    Files.delete(jdk.resolve("bin/javac"));
    Result result = sandbox.run(shell, launcher);
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("has no compiler (bin/javac)", "hint: install a JDK");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void newestIsARuntimeOnly_anotherJdkBuilds_andTheNewestRuns(List<String> shell)
      throws IOException {
    Path jre = sandbox.jre("usr/lib/jvm/jre-21", "21.0.1");
    Result result = sandbox.run(shell, launcher);
    assertThat(builds()).singleElement().asString().startsWith(jdk + " ");
    assertThat(result.out()).startsWith("java=" + jre + "\n");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void twoFirstRunsAtOnce_buildOnce(List<String> shell) throws Exception {
    Path gate = closeGate();
    Run first = sandbox.start(sandbox.root, shell, launcher.toString());
    awaitText(first, "building from source");
    Run second = sandbox.start(sandbox.root, shell, launcher.toString());
    awaitText(second, "waiting for the build that process " + first.process().pid() + " runs");
    try (OutputStream open = Files.newOutputStream(gate)) {
      open.write('\n');
    }
    assertThat(first.finish().status()).isZero();
    assertThat(second.finish().status()).isZero();
    assertThat(builds()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void terminatedWhileBuilding_endsMavenToo_andLeavesNoLock(List<String> shell) throws Exception {
    closeGate();
    Run run = sandbox.start(sandbox.root, shell, launcher.toString());
    awaitText(run, "building from source");
    while (run.process()
        .children()
        .noneMatch(child -> Files.exists(sandbox.root.resolve("builds")))) {
      Thread.onSpinWait();
    }
    List<ProcessHandle> maven = run.process().descendants().toList();
    run.process().destroy();
    assertThat(run.finish().status()).isEqualTo(130);
    for (ProcessHandle process : maven) {
      process.onExit().get(30, TimeUnit.SECONDS);
    }
    assertThat(launcher.resolveSibling("target/launcher/lock").toFile()).doesNotExist();
    assertThat(jar).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void terminatedWhileWaiting_leavesTheOthersLock(List<String> shell) throws Exception {
    Path lock = launcher.resolveSibling("target/launcher/lock");
    Files.createDirectories(lock.getParent());
    Path holder = Path.of(Long.toString(ProcessHandle.current().pid()));
    Files.createSymbolicLink(lock, holder);
    Run run = sandbox.start(sandbox.root, shell, launcher.toString());
    awaitText(run, "waiting for the build that process " + holder);
    run.process().destroy();
    assertThat(run.finish().status()).isEqualTo(130);
    assertThat(Files.readSymbolicLink(lock)).isEqualTo(holder);
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void lockOfAKilledBuild_isTakenOver(List<String> shell) throws Exception {
    Process dead = new ProcessBuilder("true").start();
    assertThat(dead.waitFor(10, TimeUnit.SECONDS)).isTrue();
    Path lock = launcher.resolveSibling("target/launcher/lock");
    Files.createDirectories(lock.getParent());
    Files.createSymbolicLink(lock, Path.of(Long.toString(dead.pid())));
    assertThat(sandbox.run(shell, launcher).status()).isZero();
    assertThat(builds()).hasSize(1);
  }

  /** From now on the acted Maven waits until someone writes to the returned pipe. */
  private Path closeGate() throws Exception {
    Path gate = sandbox.root.resolve("gate");
    assertThat(new ProcessBuilder("mkfifo", gate.toString()).start().waitFor()).isZero();
    return gate;
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(sandbox.root.resolve("builds"));
  }

  private void awaitText(Run run, String text) throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!run.errSoFar().contains(text)) {
      assertThat(System.nanoTime()).as("waiting for: %s", text).isLessThan(end);
      Thread.onSpinWait();
    }
  }
}

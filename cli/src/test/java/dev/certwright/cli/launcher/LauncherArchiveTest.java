package dev.certwright.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.cli.launcher.Sandbox.Result;
import dev.certwright.cli.launcher.Sandbox.Run;
import dev.certwright.x509.Digests;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The archive of loaded classes is made once, silently, and never taken when it is another's. */
class LauncherArchiveTest {
  private static final String SHELLS = "dev.certwright.cli.launcher.Sandbox#shells";

  private Sandbox sandbox;
  private Path launcher;
  private Path jar;
  private Path jdk;

  @BeforeEach
  void layOut(@TempDir Path root) throws IOException {
    sandbox = new Sandbox(root.toRealPath());
    launcher = sandbox.distribution("a dist");
    jar = launcher.resolveSibling("lib/certwright.jar");
    jdk = sandbox.jdk("usr/lib/jvm/jdk-17", "17.0.15");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void firstRun_makesTheArchive_andEveryRunUsesIt_silently(List<String> shell) throws IOException {
    for (int i = 0; i < 3; i++) {
      Result result = sandbox.run(shell, launcher);
      assertThat(result.err()).isEmpty();
      assertThat(result.out()).startsWith("java=").doesNotContain("noise");
      Path archive = sandbox.cached().get(0);
      assertThat(result.ranWith("-XX:SharedArchiveFile=" + archive)).isTrue();
    }
    assertThat(Sandbox.runsOf(jdk)).containsExactly("train", "dump", "run", "run", "run");
    assertThat(sandbox.cached()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void java25_makesAnAotCache(List<String> shell) throws IOException {
    sandbox.with("JAVA_HOME", sandbox.jdk("j25", "25.0.3"));
    Result result = sandbox.run(shell, launcher);
    assertThat(result.ranWith("-XX:AOTCache=" + sandbox.cached().get(0))).isTrue();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void cacheFolder_isForTheUserAlone(List<String> shell) throws IOException {
    sandbox.without("XDG_CACHE_HOME").run(shell, launcher);
    Path cache = sandbox.home.resolve(".cache/certwright");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(cache)))
        .isEqualTo("rwx------");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void jarReplacedByANewerOne_getsANewArchive(List<String> shell) throws IOException {
    sandbox.run(shell, launcher);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(sandbox.run(shell, launcher).out()).contains("SharedArchiveFile");
    assertThat(Sandbox.runsOf(jdk)).containsExactly("train", "dump", "run", "train", "dump", "run");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void jarReplacedByAnOlderOne_asAnUnpackedReleaseIs_getsANewArchive(List<String> shell)
      throws IOException {
    sandbox.run(shell, launcher);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    sandbox.run(shell, launcher);
    sandbox.run(shell, launcher);
    assertThat(Sandbox.runsOf(jdk))
        .containsExactly("train", "dump", "run", "train", "dump", "run", "run");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void otherBuildOfTheSameTime_asEachReleaseIs_getsANewArchive(List<String> shell)
      throws IOException {
    release("old");
    sandbox.run(shell, launcher);
    sandbox.run(shell, launcher, "demo");
    String hash = release("new");
    sandbox.run(shell, launcher);
    Result again = sandbox.run(shell, launcher);

    assertThat(Sandbox.runsOf(jdk))
        .containsExactly(
            "train", "dump", "run", "train", "dump", "run", "train", "dump", "run", "run");
    assertThat(again.out()).contains("certwright.jar." + hash + ".jsa");
    assertThat(sandbox.cached()).hasSize(3);
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void archiveOfAnotherBuildThatNobodyUsesAnyMore_isRemovedWithTheNextOne(List<String> shell)
      throws IOException {
    release("old");
    sandbox.run(shell, launcher);
    Files.setAttribute(
        sandbox.cached().get(0),
        "lastAccessTime",
        FileTime.from(Instant.now().minus(Duration.ofDays(3))));
    String hash = release("new");
    sandbox.run(shell, launcher);

    assertThat(sandbox.cached()).singleElement().asString().contains(hash);
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void hashOfAnotherJar_asInTheMiddleOfAnUpgrade_makesNoArchive_untilTheJarIsThere(
      List<String> shell) throws IOException {
    release("old");
    byte[] before = Files.readAllBytes(jar);
    String hash = release("new");
    byte[] after = Files.readAllBytes(jar);
    replaceJar(before);
    assertRunsWithoutArchive(shell);
    assertThat(sandbox.cached()).isEmpty();
    replaceJar(after);

    assertThat(sandbox.run(shell, launcher).out()).contains("certwright.jar." + hash + ".jsa");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void hashThatIsNone_isPassedOverSilently(List<String> shell) throws IOException {
    for (String none : List.of("", "abcd *certwright.jar", "0".repeat(300), "x".repeat(64))) {
      Files.writeString(jar.resolveSibling("certwright.jar.sha256"), none);
      Result result = sandbox.run(shell, launcher);
      assertThat(result.err()).isEmpty();
      assertThat(result.out()).contains("certwright.jar.jsa");
    }
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void jarThatNobodyHasReadForLong_keepsItsArchive(List<String> shell) throws IOException {
    Files.setAttribute(
        jar, "lastAccessTime", FileTime.from(Instant.now().minus(Duration.ofDays(200))));
    sandbox.run(shell, launcher);
    sandbox.run(shell, launcher);

    assertThat(Sandbox.runsOf(jdk)).containsExactly("train", "dump", "run", "run");
  }

  /** A jar with its hash, of the time that all releases have. */
  private String release(String contents) throws IOException {
    replaceJar(contents.getBytes(StandardCharsets.US_ASCII));
    String hash = HexFormat.of().formatHex(Digests.sha256(Files.readAllBytes(jar)));
    Files.writeString(jar.resolveSibling("certwright.jar.sha256"), hash + " *certwright.jar\n");
    return hash;
  }

  private void replaceJar(byte[] contents) throws IOException {
    Files.write(jar, contents);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2026-01-01T00:00:00Z")));
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void otherJdk_otherVersionInTheSamePlace_orOtherJar_hasItsOwnArchive(List<String> shell)
      throws IOException {
    sandbox.run(shell, launcher);
    Path other = sandbox.jdk("usr/lib/jvm/jdk-18", "18");
    sandbox.run(shell, launcher);
    assertThat(Sandbox.runsOf(other)).containsExactly("train", "dump", "run");
    sandbox.jdk("usr/lib/jvm/jdk-18", "18.0.1");
    sandbox.run(shell, launcher);
    sandbox.run(shell, sandbox.distribution("second"));
    assertThat(sandbox.cached()).hasSize(4);
    Set<String> names = sandbox.cached().stream().map(Path::toString).collect(Collectors.toSet());
    assertThat(names).anyMatch(n -> n.contains("17.0.15+9-test")).hasSize(4);
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void cacheFolderThatOthersMayWrite_isNotUsed(List<String> shell) throws IOException {
    Path cache = Files.createDirectories(sandbox.cache.resolve("certwright"));
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwxrwx"));
    assertRunsWithoutArchive(shell);
    Files.setPosixFilePermissions(cache, PosixFilePermissions.fromString("rwxrwx---"));
    assertRunsWithoutArchive(shell);
    assertThat(sandbox.cached()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void cacheThatCannotBeMade_isDoneWithoutSilently(List<String> shell) throws IOException {
    sandbox.with("XDG_CACHE_HOME", Files.createFile(sandbox.root.resolve("a file")));
    assertRunsWithoutArchive(shell);
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void homeUnsetOrAbsent_isDoneWithoutSilently(List<String> shell) throws IOException {
    sandbox.without("XDG_CACHE_HOME").without("HOME");
    assertRunsWithoutArchive(shell);
    sandbox.with("HOME", sandbox.root.resolve("absent"));
    assertRunsWithoutArchive(shell);
    assertThat(sandbox.root.resolve("absent")).doesNotExist();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void switchedOff_isNeitherMadeNorUsed(List<String> shell) throws IOException {
    sandbox.run(shell, launcher);
    assertRunsWithoutArchive(shell, "CERTWRIGHT_CLASS_ARCHIVE", "off");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void trainingThatFails_isNotTriedAgainUntilTheJarChanges(List<String> shell) throws IOException {
    Files.createFile(jdk.resolve("fails-training"));
    assertRunsWithoutArchive(shell);
    assertRunsWithoutArchive(shell);
    assertThat(Sandbox.runsOf(jdk)).containsExactly("train", "run", "run");
    assertThat(sandbox.cached()).hasSize(1);
    assertThat(sandbox.cached().get(0)).content().contains("noise");
    Files.delete(jdk.resolve("fails-training"));
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now().plusSeconds(5)));
    assertThat(sandbox.run(shell, launcher).out()).contains("SharedArchiveFile");
    assertThat(sandbox.cached()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void twoFirstRunsAtOnce_bothRun_andLeaveOneArchive(List<String> shell) throws IOException {
    Run first = sandbox.start(sandbox.root, shell, launcher.toString());
    Run second = sandbox.start(sandbox.root, shell, launcher.toString());
    for (Run run : List.of(first, second)) {
      Result result = run.finish();
      assertThat(result.err()).isEmpty();
      assertThat(result.status()).isZero();
      assertThat(result.out()).contains("SharedArchiveFile");
    }
    assertThat(sandbox.cached()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void distribution_isNeverWrittenTo(List<String> shell) throws IOException {
    Set<String> before = filesOf(sandbox.root.resolve("a dist"));
    sandbox.run(shell, launcher, "demo");
    assertThat(filesOf(sandbox.root.resolve("a dist"))).isEqualTo(before);
  }

  private void assertRunsWithoutArchive(List<String> shell, String... setting) throws IOException {
    if (setting.length > 0) {
      sandbox.with(setting[0], setting[1]);
    }
    Result result = sandbox.run(shell, launcher);
    assertThat(result.status()).isZero();
    assertThat(result.err()).isEmpty();
    assertThat(result.out()).startsWith("java=").doesNotContain("SharedArchiveFile", "noise");
  }

  private static Set<String> filesOf(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      Set<String> names = new TreeSet<>();
      for (Path file : files.toList()) {
        names.add(file + " " + Files.getLastModifiedTime(file));
      }
      return names;
    }
  }
}

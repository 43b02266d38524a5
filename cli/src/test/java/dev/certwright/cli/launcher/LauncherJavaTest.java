package dev.certwright.cli.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.cli.launcher.Sandbox.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which Java the launcher takes, and what it says when there is none to take. */
class LauncherJavaTest {
  private static final String SHELLS = "dev.certwright.cli.launcher.Sandbox#shells";

  private Sandbox sandbox;
  private Path launcher;

  @BeforeEach
  void layOut(@TempDir Path root) throws IOException {
    sandbox = new Sandbox(root.toRealPath());
    launcher = sandbox.distribution("dist");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void severalJdks_newestByNumberIsTaken(List<String> shell) throws IOException {
    sandbox.jdk("usr/lib/jvm/a", "21.0.9");
    Path newest = sandbox.jdk("usr/lib/jvm/b", "21.0.10");
    sandbox.jdk("usr/lib/jvm/c", "17.0.15");
    sandbox.jdk("usr/lib/jvm/d", "1.8.0_392");
    sandbox.jdk("opt/java/e", "9");
    assertThat(sandbox.run(shell, launcher).out()).startsWith("java=" + newest + "\n");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void jdkInTheHomeFolder_isFound(List<String> shell) throws IOException {
    Path jdk = sandbox.jdk("home of a user/.sdkman/candidates/java/21-tem", "21.0.2");
    assertThat(sandbox.run(shell, launcher).out()).startsWith("java=" + jdk + "\n");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void javaHome_isTakenBeforeANewerJdk_andCertwrightJavaHomeBeforeBoth(List<String> shell)
      throws IOException {
    sandbox.jdk("usr/lib/jvm/newer", "25.0.3");
    Path chosen = sandbox.jdk("chosen jdk", "17.0.1");
    Path own = sandbox.jdk("own", "18");
    sandbox.with("JAVA_HOME", chosen);
    assertThat(sandbox.run(shell, launcher).out()).startsWith("java=" + chosen + "\n");
    sandbox.with("CERTWRIGHT_JAVA_HOME", own);
    assertThat(sandbox.run(shell, launcher).out()).startsWith("java=" + own + "\n");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void javaHomeEmpty_countsAsUnset(List<String> shell) throws IOException {
    sandbox.jdk("usr/lib/jvm/jdk", "17.0.1");
    assertThat(sandbox.with("JAVA_HOME", "").run(shell, launcher).status()).isZero();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void javaHomeTooOld_isRefusedAndTheOtherNamed(List<String> shell) throws IOException {
    Path good = sandbox.jdk("usr/lib/jvm/jdk-17", "17.0.15");
    sandbox.with("JAVA_HOME", sandbox.jdk("old", "11.0.2"));
    Result result = sandbox.run(shell, launcher);
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .contains("error: JAVA_HOME is '" + sandbox.root + "/old': that is Java 11.0.2")
        .contains("needs Java 17 or newer")
        .contains("hint: set CERTWRIGHT_JAVA_HOME='" + good + "'");
    assertThat(Sandbox.runsOf(good)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void javaHomeThatIsNoJdk_isRefused(List<String> shell) throws IOException {
    sandbox.with("JAVA_HOME", sandbox.root.resolve("nothing here"));
    Result result = sandbox.run(shell, launcher);
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err())
        .contains("there is no program bin/java in it", "no other was found", "hint: install");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void javaHomeWithoutReleaseFileThatDoesNotRun_isRefused(List<String> shell) throws IOException {
    Path broken = sandbox.jdk("broken", "17");
    Files.delete(broken.resolve("release"));
    Sandbox.executable(broken.resolve("bin/java"), "#!/bin/sh\nexit 1\n");
    Result result = sandbox.with("JAVA_HOME", broken).run(shell, launcher);
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("its bin/java does not run");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void javaWithoutReleaseFile_isAskedForItsVersion(List<String> shell) throws IOException {
    Path jdk = sandbox.jdk("usr/lib/jvm/bare", "17");
    Files.delete(jdk.resolve("release"));
    String answer =
        """
        #!/bin/sh
        if [ "$1" = -XshowSettings:properties ]; then
          echo 'Property settings:' >&2
          echo '    java.runtime.version = 19.0.1+10' >&2
          echo '    java.version = 19.0.1' >&2
        else
          echo started
        fi
        """;
    Sandbox.executable(jdk.resolve("bin/java"), answer);
    assertThat(sandbox.run(shell, launcher).out()).isEqualTo("started\n");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void noJavaAtAll_saysSoAndHowToGetOne(List<String> shell) throws IOException {
    Result result = sandbox.run(shell, launcher);
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.out()).isEmpty();
    assertThat(result.err())
        .startsWith("error: no Java 17 or newer found\n")
        .contains("hint: install a JDK", "JAVA_HOME");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void onlyOldJava_isNamedInTheMessage(List<String> shell) throws IOException {
    Path old = sandbox.jdk("usr/lib/jvm/jdk-8", "1.8.0_392");
    assertThat(sandbox.run(shell, launcher).err()).contains("too old: " + old + " (1.8.0_392)");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void javaOnlyOnThePath_isFoundThroughItsLinks(List<String> shell) throws IOException {
    Path jdk = sandbox.jdk("somewhere/else", "17.0.3");
    Files.createSymbolicLink(sandbox.tools.resolve("java"), jdk.resolve("bin/java"));
    assertThat(sandbox.run(shell, launcher).out()).startsWith("java=" + jdk + "\n");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void nativeAccess_isGrantedFromJava22On(List<String> shell) throws IOException {
    sandbox.with("JAVA_HOME", sandbox.jdk("j21", "21.0.1"));
    assertThat(sandbox.run(shell, launcher).out()).doesNotContain("--enable-native-access");
    sandbox.with("JAVA_HOME", sandbox.jdk("j22", "22"));
    assertThat(sandbox.run(shell, launcher).ranWith("--enable-native-access=ALL-UNNAMED")).isTrue();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void memoryAccessOfSunMiscUnsafe_isAllowedFromJava23On(List<String> shell) throws IOException {
    String allowed = "--sun-misc-unsafe-memory-access=allow";
    sandbox.with("JAVA_HOME", sandbox.jdk("j22", "22.0.2"));
    assertThat(sandbox.run(shell, launcher).out()).doesNotContain("--sun-misc-unsafe");
    sandbox.with("JAVA_HOME", sandbox.jdk("j23", "23"));
    assertThat(sandbox.run(shell, launcher).ranWith(allowed)).isTrue();
  }
}

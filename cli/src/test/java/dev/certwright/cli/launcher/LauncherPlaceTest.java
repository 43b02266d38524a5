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

/** Wherever the launcher lies and is called from, it finds its program and hands over cleanly. */
class LauncherPlaceTest {
  private static final String SHELLS = "dev.certwright.cli.launcher.Sandbox#shells";

  private Sandbox sandbox;

  @BeforeEach
  void layOut(@TempDir Path root) throws IOException {
    sandbox = new Sandbox(root.toRealPath());
    sandbox.jdk("usr/lib/jvm/jdk-17", "17.0.15");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void calledByAbsolutePath_startsMainFromTheJarBesideIt(List<String> shell) throws IOException {
    Path launcher = sandbox.distribution("dist");
    Result result = sandbox.run(shell, launcher, "inspect", "a file", "", "*", "-");
    assertThat(result.err()).isEmpty();
    assertThat(result.status()).isZero();
    assertThat(result.out())
        .endsWith(
            "[-cp]\n["
                + launcher.resolveSibling("lib/certwright.jar")
                + "]\n[dev.certwright.cli.Main]\n[inspect]\n[a file]\n[]\n[*]\n[-]\n");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void calledFromItsFolder_elsewhere_orAbove_findsTheSameJar(List<String> shell)
      throws IOException {
    sandbox.distribution("a dist/with blanks");
    Path above = sandbox.root.resolve("a dist");
    Path folder = above.resolve("with blanks");
    String jar = folder.resolve("lib/certwright.jar").toString();
    assertThat(sandbox.run(folder, shell, "./certwright").ranWith(jar)).isTrue();
    assertThat(sandbox.run(folder, shell, "certwright").ranWith(jar)).isTrue();
    assertThat(sandbox.run(above, shell, "with blanks/certwright").ranWith(jar)).isTrue();
    assertThat(sandbox.run(folder.resolve("lib"), shell, "../certwright").ranWith(jar)).isTrue();
    assertThat(sandbox.cached()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void calledThroughSymbolicLinks_absoluteAndRelative_findsTheJar(List<String> shell)
      throws IOException {
    Path launcher = sandbox.distribution("dist");
    Path bin = Files.createDirectories(sandbox.root.resolve("bin"));
    Path relative =
        Files.createSymbolicLink(bin.resolve("certwright"), Path.of("../dist/certwright"));
    Path absolute = Files.createSymbolicLink(bin.resolve("kubectl-certwright"), relative);
    String jar = launcher.resolveSibling("lib/certwright.jar").toString();
    assertThat(sandbox.run(shell, relative).ranWith(jar)).isTrue();
    assertThat(sandbox.run(shell, absolute).ranWith(jar)).isTrue();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void calledThroughACircleOfLinks_isRefused(List<String> shell) throws IOException {
    sandbox.distribution("dist");
    Path circle = sandbox.root.resolve("circle");
    Files.createSymbolicLink(circle, circle);
    // The system refuses to open it before any shell does.
    assertThat(sandbox.run(shell, circle).status()).isNotZero();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void folderNameWithAColon_isRefusedBecauseJavaWouldSplitIt(List<String> shell)
      throws IOException {
    Path launcher = sandbox.distribution("a:b");
    Result result = sandbox.run(shell, launcher);
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.err()).contains("error: ", "':'", "hint: move it to another folder");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void copiedWithoutItsJar_saysWhatIsMissing(List<String> shell) throws IOException {
    Path launcher = sandbox.distribution("dist");
    Path copy = Files.copy(launcher, sandbox.root.resolve("copy"));
    Result result = sandbox.run(shell, copy);
    assertThat(result.status()).isEqualTo(3);
    assertThat(result.out()).isEmpty();
    assertThat(result.err()).contains("lib/certwright.jar", "link to the script");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void exitStatusAndStdin_areThoseOfTheProgram(List<String> shell) throws IOException {
    Path launcher = sandbox.distribution("dist");
    sandbox.with("FAKE_JAVA_READS", "yes").with("FAKE_JAVA_ENDS_WITH", 70);
    Result first = sandbox.run(shell, launcher);
    assertThat(first.out()).contains("stdin=hello");
    assertThat(first.status()).isEqualTo(70);
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void oneShotCommand_startsForSpeed(List<String> shell) throws IOException {
    nativeJar();
    Result result = sandbox.run(shell, sandbox.distribution("dist"), "issue", "jane", "devs");
    assertThat(result.ranWith("-XX:TieredStopAtLevel=1")).isTrue();
    assertThat(result.out()).doesNotContain("native");
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void lastingCommand_getsTheOptimizingCompilerAndTheNativeProvider(List<String> shell)
      throws IOException {
    Path jar = nativeJar();
    Path launcher = sandbox.distribution("dist");
    String path = launcher.resolveSibling("lib/certwright.jar") + ":" + jar;
    for (List<String> arguments :
        List.of(
            List.of("demo"),
            List.of("serve"),
            List.of("issue", "jane", "--key-type", "rsa-4096"),
            List.of("issue", "jane", "--key-type=rsa-2048"),
            List.of("issue", "jane", "--like-the-script"),
            List.of("can-i", "--json-lines"))) {
      Result result = sandbox.run(shell, launcher, arguments.toArray(new String[0]));
      assertThat(result.ranWith(path)).as("%s", arguments).isTrue();
      assertThat(result.out()).doesNotContain("TieredStopAtLevel", "UseSerialGC");
    }
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void rsaKeysBySettings_getTheOptimizingCompilerAndTheNativeProviderToo(List<String> shell)
      throws IOException {
    Path jar = nativeJar();
    Path launcher = sandbox.distribution("dist");
    String path = launcher.resolveSibling("lib/certwright.jar") + ":" + jar;
    Path settings =
        Files.writeString(sandbox.root.resolve("settings.yaml"), "ttl: 8h\nkey-type: rsa-4096\n");
    sandbox.with("CERTWRIGHT_CONFIG", settings);
    assertThat(sandbox.run(shell, launcher, "issue", "jane").ranWith(path)).isTrue();
    assertThat(sandbox.run(shell, launcher, "list").ranWith(path)).isFalse();
    sandbox.with("CERTWRIGHT_KEY_TYPE", "p-256");
    assertThat(sandbox.run(shell, launcher, "issue", "jane").ranWith(path)).isFalse();
    sandbox.with("CERTWRIGHT_KEY_TYPE", "rsa-2048");
    assertThat(sandbox.run(shell, launcher, "ca", "init").ranWith(path)).isTrue();
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void listOfPeople_getsTheNativeProviderAndTheQuickCompiler(List<String> shell)
      throws IOException {
    Path jar = nativeJar();
    Path launcher = sandbox.distribution("dist");
    String path = launcher.resolveSibling("lib/certwright.jar") + ":" + jar;
    for (List<String> arguments :
        List.of(List.of("issue", "--from", "people.csv"), List.of("issue", "--from=-"))) {
      Result result = sandbox.run(shell, launcher, arguments.toArray(new String[0]));
      assertThat(result.ranWith(path)).as("%s", arguments).isTrue();
      assertThat(result.ranWith("-XX:TieredStopAtLevel=1")).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource(SHELLS)
  void ownJavaOptions_comeLastAndAreNotTakenAsPatterns(List<String> shell) throws IOException {
    sandbox.with("CERTWRIGHT_JAVA_OPTS", "-Dpattern=* -Xmx1g -XX:+UseZGC");
    Result result = sandbox.run(shell, sandbox.distribution("dist"));
    assertThat(result.out()).contains("[-Dpattern=*]\n[-Xmx1g]\n[-XX:+UseZGC]\n[-cp]\n");
    assertThat(result.out()).doesNotContain("UseSerialGC");
  }

  /** One for each platform, so that the test holds on all of them; returns this platform's. */
  private Path nativeJar() throws IOException {
    Path folder = Files.createDirectories(sandbox.root.resolve("dist/lib/native"));
    String arm = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    String system = System.getProperty("os.name").startsWith("Mac") ? "osx-" : "linux-";
    for (String platform :
        List.of("linux-x86_64", "linux-aarch_64", "osx-x86_64", "osx-aarch_64")) {
      Files.writeString(folder.resolve("provider-" + platform + ".jar"), "native");
    }
    return folder.resolve("provider-" + system + arm + ".jar");
  }
}

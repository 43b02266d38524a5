package dev.certwright.conformance.controlplane;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.conformance.program.Places;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code upstream/build} does around the building, with a Go that makes empty programs. */
class UpstreamBuildTest {
  private static final String GO =
      """
      #!/bin/sh
      [ "$1" = env ] && { echo go1.99; exit; }
      shift
      while [ $# -gt 0 ]; do
        case $1 in
          -o) to=$2; shift 2 ;;
          -ldflags) shift 2 ;;
          -*) shift ;;
          *) break ;;
        esac
      done
      case $to in
        */) for package; do name=${package##*/}; [ "$package" = . ] && name=etcd; program "$to$name"; done ;;
        *) program "$to" ;;
      esac
      """;

  @TempDir Path folder;
  private Path programs;
  private Path cache;

  private record Ended(int exitCode, String output) {}

  @BeforeEach
  void prepare() throws IOException {
    programs = Files.createDirectory(folder.resolve("bin"));
    cache = folder.resolve("cache");
    program(
        programs.resolve("go"),
        GO.replace("#!/bin/sh", "#!/bin/sh\nprogram() { : > \"$1\"; chmod +x \"$1\"; }"));
  }

  private static void program(Path path, String text) throws IOException {
    Files.writeString(path, text);
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private Ended build(Map<String, String> environment, String... words) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Places.module().resolve("upstream/build").toString());
    command.addAll(List.of(words));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().keySet().removeAll(List.of("HOME", "XDG_CACHE_HOME"));
    builder
        .environment()
        .keySet()
        .removeAll(List.of("CERTWRIGHT_CONFORMANCE_CACHE", "KUBEBUILDER_ASSETS"));
    builder.environment().put("PATH", programs + ":" + System.getenv("PATH"));
    builder.environment().putAll(environment);
    Process process = builder.start();
    process.getOutputStream().close();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    return new Ended(process.waitFor(), output);
  }

  private Map<String, String> intoCache() {
    return Map.of("CERTWRIGHT_CONFORMANCE_CACHE", cache.toString());
  }

  private static Path oracleIn(Ended ended) {
    return Path.of(
        ended
            .output
            .lines()
            .filter(line -> line.startsWith("oracle="))
            .findFirst()
            .orElseThrow(() -> new AssertionError(ended.output))
            .substring("oracle=".length()));
  }

  @Test
  void oracle_that_is_named_stays_however_old_and_those_of_nobody_are_removed() throws Exception {
    Path oracle = oracleIn(build(intoCache()));
    Path forgotten = Files.writeString(oracle.resolveSibling("oracle-0"), "");
    FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(10)));
    Files.setLastModifiedTime(oracle, longAgo);
    Files.setLastModifiedTime(forgotten, longAgo);

    assertThat(oracleIn(build(intoCache(), Upstream.versions().get(2)))).isEqualTo(oracle).exists();
    assertThat(forgotten).doesNotExist();
    assertThat(Files.getLastModifiedTime(oracle)).isGreaterThan(longAgo);
  }

  @Test
  void without_a_folder_for_the_cache_the_variables_that_name_one_are_said() throws Exception {
    assertThat(build(Map.of()))
        .satisfies(ended -> assertThat(ended.exitCode).isEqualTo(3))
        .extracting(Ended::output)
        .asString()
        .contains("HOME is not set: set it, XDG_CACHE_HOME or CERTWRIGHT_CONFORMANCE_CACHE");
    for (String variable : List.of("HOME", "XDG_CACHE_HOME")) {
      Path below = Files.createDirectory(folder.resolve(variable));
      assertThat(oracleIn(build(Map.of(variable, below.toString()))))
          .exists()
          .asString()
          .startsWith(
              below + (variable.equals("HOME") ? "/.cache" : "") + "/certwright/conformance/");
    }
  }

  @Test
  void assets_of_another_version_than_was_named_are_refused() throws Exception {
    Path assets = Files.createDirectory(folder.resolve("assets"));
    for (String name : List.of("etcd", "kubectl")) {
      program(assets.resolve(name), "#!/bin/sh\n");
    }
    program(assets.resolve("kube-apiserver"), "#!/bin/sh\necho Kubernetes v1.34.4\n");
    Map<String, String> environment =
        Map.of(
            "CERTWRIGHT_CONFORMANCE_CACHE",
            cache.toString(),
            "KUBEBUILDER_ASSETS",
            assets.toString());

    Ended refused = build(environment, "1.32.13");
    assertThat(refused.exitCode).isEqualTo(3);
    assertThat(refused.output).contains("1.32.13 is named", "holds Kubernetes v1.34.4");
    assertThat(build(environment, "1.34.4").output).contains("assets=" + assets);
    assertThat(build(environment).output).contains("assets=" + assets);
  }
}

package dev.certwright.cli.launcher;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A small world for the launcher: its own root for the usual places of a JDK, its own home folder
 * and a PATH that holds only the programs the launcher may use.
 */
final class Sandbox {
  /** Every program that the launcher starts, besides Java, Maven and the shell. */
  private static final List<String> PROGRAMS =
      List.of(
          "env",
          "find",
          "grep",
          "head",
          "ln",
          "ls",
          "mkdir",
          "mktemp",
          "mv",
          "readlink",
          "rm",
          "sha256sum",
          "sleep",
          "tail",
          "touch",
          "tr",
          "uname");

  /** Acts a Java: prints who it is and its arguments, and writes the archives it is asked for. */
  private static final String FAKE_JAVA =
      """
      #!/bin/sh
      runs=${0%/bin/java}/runs
      mode=run
      for argument do
        case $argument in
          -XX:SharedArchiveFile=archive | -XX:AOTCache=archive) mode=dump archive=${argument#*=} ;;
          --train-class-archive) mode=train ;;
        esac
      done
      echo "$mode" >>"$runs"
      case $mode in
        train) echo noise; echo noise >&2; [ ! -e "${0%/bin/java}/fails-training" ] || exit 1 ;;
        dump) echo noise; echo noise >&2; echo archive >"$archive" ;;
        run)
          echo "java=${0%/bin/java}"
          for argument do echo "[$argument]"; done
          [ "${FAKE_JAVA_READS:-}" != yes ] || { read -r line; echo "stdin=$line"; }
          exit "${FAKE_JAVA_ENDS_WITH:-0}"
          ;;
      esac
      """;

  final Path root;
  final Path home;
  final Path tools;
  final Path cache;
  private final Map<String, String> environment = new TreeMap<>();

  Sandbox(Path root) throws IOException {
    this.root = root;
    this.home = Files.createDirectories(root.resolve("home of a user"));
    this.tools = Files.createDirectories(root.resolve("tools"));
    this.cache = root.resolve("cache");
    for (String program : PROGRAMS) {
      executable(tools.resolve(program), "#!/bin/sh\nexec " + find(program) + " \"$@\"\n");
    }
    environment.put("PATH", tools.toString());
    environment.put("HOME", home.toString());
    environment.put("XDG_CACHE_HOME", cache.toString());
  }

  /** The outcome of one run. */
  record Result(int status, String out, String err) {
    boolean ranWith(String argument) {
      return out.contains("[" + argument + "]");
    }
  }

  /** Shells that the launcher must work in: sh and bash, and those that are there besides. */
  static Stream<List<String>> shells() {
    List<List<String>> shells = new ArrayList<>();
    shells.add(List.of("/bin/sh"));
    shells.add(List.of(find("bash").toString()));
    for (String other : List.of("/bin/dash", "/bin/ksh", "/bin/mksh")) {
      if (Files.isExecutable(Path.of(other))) {
        shells.add(List.of(other));
      }
    }
    if (Files.isExecutable(Path.of("/bin/busybox"))) {
      shells.add(List.of("/bin/busybox", "sh"));
    }
    return shells.stream();
  }

  Sandbox with(String variable, Object value) {
    environment.put(variable, value.toString());
    return this;
  }

  Sandbox without(String variable) {
    environment.remove(variable);
    return this;
  }

  /** An unpacked distribution with the launcher in it and an empty jar. */
  Path distribution(String name) throws IOException {
    Path folder = root.resolve(name);
    Files.createDirectories(folder.resolve("lib"));
    Files.writeString(folder.resolve("lib/certwright.jar"), "jar");
    return launcherIn(folder);
  }

  /** A checkout that was never built. */
  Path checkout(String name) throws IOException {
    Path folder = root.resolve(name);
    Files.createDirectories(folder.resolve("cli"));
    Files.writeString(folder.resolve("cli/pom.xml"), "<project/>");
    return launcherIn(folder);
  }

  /** A folder that looks like a JDK of that version, at {@code place} under this root. */
  Path jdk(String place, String version) throws IOException {
    Path folder = jre(place, version);
    executable(folder.resolve("bin/javac"), "#!/bin/sh\n");
    return folder;
  }

  /** The same without a compiler. */
  Path jre(String place, String version) throws IOException {
    Path folder = root.resolve(place);
    Files.createDirectories(folder.resolve("bin"));
    executable(folder.resolve("bin/java"), FAKE_JAVA);
    Files.writeString(
        folder.resolve("release"),
        "IMPLEMENTOR=\"Test\"\nJAVA_RUNTIME_VERSION=\""
            + version
            + "+9-test\"\nJAVA_VERSION=\""
            + version
            + "\"\nMODULES=\"java.base\"\n");
    return folder;
  }

  /** What the Java at {@code jdk} was started for, in order: train, dump, run. */
  static List<String> runsOf(Path jdk) throws IOException {
    Path runs = jdk.resolve("runs");
    return Files.exists(runs) ? Files.readAllLines(runs) : List.of();
  }

  static void executable(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  /** All files of the archive cache. */
  List<Path> cached() throws IOException {
    if (!Files.exists(cache)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(cache)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  Result run(List<String> shell, Path launcher, String... arguments) throws IOException {
    return run(root, shell, launcher.toString(), arguments);
  }

  Result run(Path folder, List<String> shell, String launcher, String... arguments)
      throws IOException {
    return start(folder, shell, launcher, arguments).finish();
  }

  /** A run under way. */
  record Run(Process process, Path out, Path err) {
    String errSoFar() throws IOException {
      return Files.readString(err);
    }

    Result finish() throws IOException {
      try {
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError("the launcher did not end within a minute");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
      return new Result(process.exitValue(), Files.readString(out), Files.readString(err));
    }
  }

  /** Starts a run; its stdin says "hello". */
  Run start(Path folder, List<String> shell, String launcher, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(shell);
    command.add(launcher);
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    Path input = Files.writeString(Files.createTempFile(root, "stdin", ""), "hello\n");
    builder.redirectInput(input.toFile());
    Path out = Files.createTempFile(root, "stdout", "");
    Path err = Files.createTempFile(root, "stderr", "");
    builder.redirectOutput(out.toFile()).redirectError(err.toFile());
    return new Run(builder.start(), out, err);
  }

  /** The real script, with the places where JDKs lie moved under this root. */
  private Path launcherIn(Path folder) throws IOException {
    String script = Files.readString(Path.of("..", "certwright"), StandardCharsets.UTF_8);
    for (String place : List.of("/usr/", "/opt/", "/Library/")) {
      script = script.replace(" " + place, " \"$SANDBOX\"" + place);
    }
    environment.put("SANDBOX", root.toString());
    Path launcher = folder.resolve("certwright");
    executable(launcher, script);
    return launcher;
  }

  private static Path find(String program) {
    for (String folder : System.getenv("PATH").split(":", -1)) {
      Path file = Path.of(folder, program);
      if (Files.isExecutable(file)) {
        return file.toAbsolutePath();
      }
    }
    throw new UncheckedIOException(new IOException("no " + program + " on the PATH"));
  }
}

package dev.certwright.cli.demo;

import dev.certwright.cli.CommandException;
import dev.certwright.cli.ExitCode;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The real kubectl. */
final class KubectlClient implements DemoClient {
  private static final int LIMIT_SECONDS = 20;

  private final Path program;
  private final Path home;
  private final String path;

  private KubectlClient(Path program, Path home, String path) {
    this.program = program;
    this.home = home;
    this.path = path;
  }

  /**
   * The one on the path, null if there is none.
   *
   * @param home where it may keep its cache
   */
  static @Nullable KubectlClient find(Map<String, String> environment, Path home) {
    String path = environment.get("PATH");
    if (path == null) {
      return null;
    }
    for (String folder : path.split(File.pathSeparator, -1)) {
      Path program = folder.isEmpty() ? null : Path.of(folder, "kubectl");
      if (program != null && Files.isExecutable(program) && Files.isRegularFile(program)) {
        return new KubectlClient(program, home, path);
      }
    }
    return null;
  }

  @Override
  public String description() {
    return "kubectl";
  }

  @Override
  public String typed(Question question, String client) {
    return "kubectl --kubeconfig " + client + "/kubeconfig " + String.join(" ", words(question));
  }

  private static List<String> words(Question question) {
    return switch (question) {
      case WHO_AM_I -> List.of("auth", "whoami");
      case LIST_PODS -> List.of("get", "pods", "-A");
      case DELETE_POD -> List.of("delete", "pod", "web");
    };
  }

  @Override
  public Answer ask(Question question, Path client) {
    List<String> command = new ArrayList<>();
    command.add(program.toString());
    command.add("--kubeconfig");
    command.add(client.resolve("kubeconfig").toString());
    command.addAll(words(question));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().clear();
    builder.environment().put("PATH", path);
    builder.environment().put("HOME", home.toString());
    try {
      Path output = Files.createTempFile(home, "kubectl", ".out");
      Process process =
          builder
              .redirectOutput(output.toFile())
              .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
              .start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new CommandException(
            ExitCode.OUTSIDE, "kubectl did not end in " + LIMIT_SECONDS + " s", "");
      }
      String text = Files.readString(output, StandardCharsets.UTF_8);
      Files.delete(output);
      return new Answer(outcome(process.exitValue(), text), text);
    } catch (IOException failed) {
      throw new CommandException(
          ExitCode.OUTSIDE, "kubectl cannot be run: " + failed.getMessage(), "");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandException(ExitCode.OUTSIDE, "interrupted", "");
    }
  }

  private static Outcome outcome(int exitCode, String text) {
    if (exitCode == 0) {
      return Outcome.ALLOWED;
    } else if (text.contains("Forbidden")) {
      return Outcome.FORBIDDEN;
    }
    return text.contains("Unauthorized") ? Outcome.UNAUTHORIZED : Outcome.FAILED;
  }
}

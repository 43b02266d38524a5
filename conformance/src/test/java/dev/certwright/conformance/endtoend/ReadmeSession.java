package dev.certwright.conformance.endtoend;

import dev.certwright.conformance.controlplane.ControlPlane;
import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A session of the README, to be run as it stands there.
 *
 * @param text what people type, after dollar signs, and what they get
 */
record ReadmeSession(String text) {

  /** The one in the block with this label. */
  static ReadmeSession of(String label) throws IOException {
    Matcher block =
        Pattern.compile("```console " + label + "\n(.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(Places.root().resolve("README.md")));
    if (!block.find()) {
      throw new AssertionError("the README has no session " + label);
    }
    return new ReadmeSession(block.group(1));
  }

  /** Copies the files that sessions name into the folder where one is run. */
  static void copyExamples(Path folder) throws IOException {
    Path examples = Files.createDirectory(folder.resolve("examples"));
    try (Stream<Path> files = Files.list(Places.root().resolve("examples"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, examples.resolve(file.getFileName()));
      }
    }
  }

  /** A shell that finds the distribution and kubectl. */
  static Program shell(Path folder, ControlPlane controlPlane) {
    return Certwright.environmentOf(Program.of(folder, "/bin/bash"), folder)
        .with(
            "PATH",
            Places.root().resolve("cli/target/dist")
                + ":"
                + controlPlane.programs()
                + ":"
                + System.getenv("PATH"));
  }

  /** Shows each command before it is run; what runs in the background is waited for. */
  String script() {
    StringBuilder script = new StringBuilder("exec 2>&1\n");
    for (String command : commands()) {
      script.append("cat <<'SHOWN'\n$ ").append(command).append("\nSHOWN\n");
      String plain = command.replace("\n> ", "\n");
      if (plain.endsWith("&")) {
        script
            .append("exec 3< <(exec ")
            .append(plain, 0, plain.length() - 1)
            .append("2>&1)\ntrap \"kill $!\" EXIT\n")
            .append("while read -r line <&3; do printf '%s\\n' \"$line\"\n")
            .append("  case $line in serving*) break ;; esac\ndone\n");
      } else {
        script.append(plain).append('\n');
      }
    }
    return script.toString();
  }

  private List<String> commands() {
    List<String> commands = new ArrayList<>();
    for (String line : text.lines().toList()) {
      if (line.startsWith("$ ")) {
        commands.add(line.substring(2));
      } else if (line.startsWith("> ")) {
        commands.set(commands.size() - 1, commands.get(commands.size() - 1) + "\n" + line);
      }
    }
    return commands;
  }

  /** Without what is new each time: times, hashes, identifiers. */
  static String normalised(String text) {
    return text.replaceAll("\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d", "TIME")
        .replaceAll("[0-9a-f]{64}", "HASH")
        .replaceAll("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "UUID")
        .replaceAll("(?m)\\d+s$", "AGE")
        .replaceAll("TLS: .*", "TLS: EITHER")
        .replaceAll(" +", " ");
  }
}

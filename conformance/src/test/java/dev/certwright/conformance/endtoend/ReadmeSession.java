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

  /** Copies the files that sessions name, as the archive has them, into the folder of one. */
  static void copyExamples(Path folder) throws IOException {
    Path from = Places.root().resolve("cli/target/dist/examples");
    Path to = folder.resolve("examples");
    try (Stream<Path> all = Files.walk(from)) {
      for (Path one : all.toList()) {
        Files.copy(one, to.resolve(from.relativize(one).toString()));
      }
    }
  }

  /**
   * A shell that finds the distribution and kubectl. It ends what it has started after five minutes
   * at the latest, whatever becomes of this process.
   */
  static Program shell(Path folder, ControlPlane controlPlane) {
    return Certwright.environmentOf(
            Program.of(folder, "/usr/bin/timeout", "300", "/bin/bash"), folder)
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
    StringBuilder script = new StringBuilder("exec 2>&1\nstarted=\ntrap 'kill $started' EXIT\n");
    for (String command : commands()) {
      script.append("cat <<'SHOWN'\n$ ").append(command).append("\nSHOWN\n");
      String plain = command.replace("\n> ", "\n");
      if (plain.endsWith("&")) {
        script
            .append("exec 3< <(exec ")
            .append(plain, 0, plain.length() - 1)
            .append(plain.contains("2>") ? ")" : "2>&1)")
            .append("\nstarted=\"$started $!\"\n")
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

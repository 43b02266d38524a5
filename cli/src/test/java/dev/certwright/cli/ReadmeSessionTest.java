package dev.certwright.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The session in the README is what really happens: every line that begins with {@code $} is run,
 * in order and in one folder, and its output compared, but for times, numbers and hashes.
 */
final class ReadmeSessionTest {
  @TempDir Path folder;

  @Test
  void everyLineOfTheSessionIsTrue() throws IOException {
    List<String> lines = session(Files.readString(Path.of("..", "README.md")));
    copyExamples();
    StringBuilder expected = new StringBuilder();
    StringBuilder actual = new StringBuilder();
    int commands = 0;
    for (String line : lines) {
      expected.append(line).append('\n');
      if (line.startsWith("$ certwright ")) {
        commands++;
        Run run =
            Shell.attempt(
                folder, Shell.certwright(line.substring("$ certwright ".length()).split(" ", -1)));
        actual.append(line).append('\n').append(run.out()).append(run.err());
      }
    }

    assertThat(commands).isGreaterThanOrEqualTo(4);
    assertThat(normalised(actual.toString())).isEqualTo(normalised(expected.toString()));
  }

  private void copyExamples() throws IOException {
    Path to = Files.createDirectory(folder.resolve("examples"));
    try (Stream<Path> files = Files.list(Path.of("..", "examples"))) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  private static List<String> session(String readme) {
    Matcher block = Pattern.compile("```console\n(.*?)```", Pattern.DOTALL).matcher(readme);
    List<String> lines = new ArrayList<>();
    while (block.find()) {
      lines.addAll(List.of(block.group(1).split("\n", -1)));
    }
    lines.removeIf(String::isEmpty);
    return lines;
  }

  private static String normalised(String text) {
    return text.replaceAll("\\d{4}-\\d\\d-\\d\\d[ T]\\d\\d:\\d\\d:\\d\\d", "TIME")
        .replaceAll("[0-9a-f]{40,64}", "HASH")
        .replaceAll("serial number +\\d+", "serial number NUMBER")
        .replaceAll("in 2[34] h( \\d+ min)?", "in A DAY");
  }
}

package dev.certwright.kubeconfig;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The answers of clientcmd v0.37.2, kept as a file: {@code files} with their content and the {@code
 * list} they are named in; {@code refused}, or the merged {@code config}, what {@code
 * ConfirmUsable} says of the context ({@code usable}) and why {@code ClientConfig} fails ({@code
 * client}). {@code @DIR@} is the folder the files lie in.
 */
class UpstreamAnswersTest {
  @TempDir Path folder;

  @Test
  void everyListOfFilesIsReadMergedAndCheckedAsUpstreamDoes() throws IOException {
    List<String> lines = lines();
    int refused = 0;
    for (String line : lines) {
      YamlMapping expected = (YamlMapping) json(line.replace("@DIR@", folder.toString()));
      KubeconfigFiles files = write(expected);
      if (expected.get("refused") != null) {
        refused++;
        assertThat(isRefused(files)).as(line).isTrue();
        continue;
      }
      Kubeconfig config = files.load().config();
      assertThat(config.toJson()).as(line).isEqualTo(expected.get("config"));
      String context = Objects.requireNonNull(text(expected, "context"));
      assertThat(usable(config, context)).as(line).isEqualTo(text(expected, "usable"));
      assertThat(client(config, context)).as(line).isEqualTo(text(expected, "client"));
    }
    assertThat(lines.size() - refused).isGreaterThan(150);
    assertThat(refused).isGreaterThan(100);
  }

  private static YamlValue json(String text) {
    return YamlReader.strict().readJson("answers", text.getBytes(UTF_8));
  }

  private KubeconfigFiles write(YamlMapping expected) throws IOException {
    YamlMapping files = (YamlMapping) Objects.requireNonNull(expected.get("files"));
    List<String> names = new ArrayList<>();
    for (YamlValue name : ((YamlSequence) Objects.requireNonNull(expected.get("list"))).values()) {
      Path file = folder.resolve(((YamlString) name).value());
      names.add(file.toString());
      Files.createDirectories(Objects.requireNonNull(file.getParent()));
      Files.deleteIfExists(file);
      String content = text(files, ((YamlString) name).value());
      if (content != null) {
        Files.writeString(file, content);
      }
    }
    return KubeconfigFiles.ofEnvironment(String.join(File.pathSeparator, names), folder);
  }

  private static boolean isRefused(KubeconfigFiles files) {
    try {
      files.load();
      return false;
    } catch (KubeconfigException e) {
      return true;
    }
  }

  private static @Nullable String usable(Kubeconfig config, String context) {
    List<String> problems = EffectiveContext.problems(config, context);
    if (problems.isEmpty() || problems.equals(List.of("no context chosen"))) {
      return problems.isEmpty() ? null : problems.get(0);
    }
    LinkedHashSet<String> distinct = new LinkedHashSet<>(problems);
    String joined = String.join(", ", distinct);
    return "invalid configuration: " + (distinct.size() == 1 ? joined : "[" + joined + "]");
  }

  private static @Nullable String client(Kubeconfig config, String context) {
    try {
      EffectiveContext.of(config, context);
      return null;
    } catch (InvalidKubeconfigException e) {
      return e.getMessage();
    }
  }

  private static @Nullable String text(YamlMapping mapping, String key) {
    return mapping.get(key) instanceof YamlString text ? text.value() : null;
  }

  private static List<String> lines() throws IOException {
    try (InputStream in = UpstreamAnswersTest.class.getResourceAsStream("upstream-answers.jsonl")) {
      assertThat(in).isNotNull();
      return new String(in.readAllBytes(), UTF_8).lines().toList();
    }
  }
}

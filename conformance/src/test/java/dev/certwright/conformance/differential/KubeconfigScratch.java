package dev.certwright.conformance.differential;

import dev.certwright.yaml.JsonWriter;
import dev.certwright.yaml.YamlMapping;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;

/** A folder with the files of one question of the mode kubeconfig. */
final class KubeconfigScratch implements AutoCloseable {
  private static final String ROOT = "$ROOT";
  private static final Path MEMORY = Path.of("/dev/shm");

  private final Path folder;
  private final List<Path> made = new ArrayList<>();

  private KubeconfigScratch(Path folder) {
    this.folder = folder;
    made.add(folder);
  }

  static KubeconfigScratch with(YamlMapping question) {
    try {
      String prefix = "kubeconfig";
      Path folder =
          Files.isWritable(MEMORY)
              ? Files.createTempDirectory(MEMORY, prefix)
              : Files.createTempDirectory(prefix);
      KubeconfigScratch scratch = new KubeconfigScratch(folder.toRealPath());
      YamlMapping texts = Choices.mapping(question, "files");
      for (YamlMapping.Entry file : texts.entries()) {
        String text = Choices.text(texts, file.key());
        scratch.write(file.key(), text.getBytes(StandardCharsets.UTF_8));
      }
      YamlMapping others = Choices.mapping(question, "filesBase64");
      for (YamlMapping.Entry file : others.entries()) {
        scratch.write(file.key(), Base64.getDecoder().decode(Choices.text(others, file.key())));
      }
      return scratch;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(String name, byte[] content) throws IOException {
    Path file = path(name);
    makeFolder(Objects.requireNonNull(file.getParent()));
    String text = new String(content, StandardCharsets.ISO_8859_1);
    Files.write(
        file,
        text.contains(ROOT)
            ? text.replace(ROOT, folder.toString()).getBytes(StandardCharsets.ISO_8859_1)
            : content);
    made.add(file);
  }

  private void makeFolder(Path place) throws IOException {
    if (!made.contains(place)) {
      makeFolder(Objects.requireNonNull(place.getParent()));
      Files.createDirectory(place);
      made.add(place);
    }
  }

  Path path(String name) {
    return folder.resolve(name).normalize();
  }

  /** A path as answers show it, where it lies here. */
  Path inside(String shown) {
    return Path.of(shown.replace(ROOT, folder.toString()));
  }

  String outside(String text) {
    return text.replace(folder.toString(), ROOT);
  }

  YamlMapping outside(YamlMapping value) {
    return Differential.parse(outside(JsonWriter.compact(value)));
  }

  @Override
  public void close() {
    try {
      for (int i = made.size() - 1; i >= 0; i--) {
        Files.deleteIfExists(made.get(i));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

package dev.certwright.server.policy;

import dev.certwright.rbac.Policy;
import dev.certwright.rbac.RbacException;
import dev.certwright.rbac.RbacObject;
import dev.certwright.rbac.manifest.DefaultRoles;
import dev.certwright.rbac.manifest.Manifest;
import dev.certwright.rbac.manifest.ManifestFiles;
import dev.certwright.rbac.manifest.ManifestLoader;
import dev.certwright.rbac.manifest.Problem;
import dev.certwright.server.ServerException;
import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlLimits;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlText;
import dev.certwright.yaml.YamlValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** Reads all files once. */
final class ManifestReading {
  private static final String STANDARD_INPUT = "-";
  private static final int MOST_NAMED = 20;

  private final ManifestSettings settings;
  private final byte[] standardInput;

  /**
   * For reading again and again.
   *
   * @param standardInput what stands for {@code -}
   */
  ManifestReading(ManifestSettings settings, byte[] standardInput) {
    this.settings = settings;
    this.standardInput = standardInput;
  }

  /** What tells files of one moment from those of another. */
  List<Object> fingerprint() throws IOException {
    List<Object> fingerprint = new ArrayList<>();
    for (Path file : files()) {
      BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
      fingerprint.add(file);
      fingerprint.add(attributes.lastModifiedTime());
      fingerprint.add(attributes.size());
      Object key = attributes.fileKey();
      fingerprint.add(key == null ? "" : key);
    }
    return fingerprint;
  }

  /**
   * Reads.
   *
   * @throws IOException if a file cannot be read
   * @throws ServerException if an API server would refuse what is in them
   */
  Manifests read() throws IOException {
    ManifestLoader loader =
        (settings.lenient() ? ManifestLoader.lenient() : ManifestLoader.strict())
            .withDefaultNamespace("default");
    if (settings.replacing()) {
      loader = loader.replacing();
    }
    List<YamlMapping> objects = new ArrayList<>();
    try {
      if (settings.arguments().contains(STANDARD_INPUT)) {
        read(loader, "standard input", standardInput, objects);
      }
      for (Path file : files()) {
        read(loader, file.toString(), YamlText.read(file, YamlLimits.DEFAULT), objects);
      }
    } catch (RbacException | YamlException unusable) {
      throw new ServerException("the manifests cannot be used: " + unusable.getMessage(), unusable);
    }
    if (!settings.defaults().isEmpty()) {
      for (RbacObject object : DefaultRoles.of(settings.defaults())) {
        loader.addIfAbsent(object);
      }
    }
    Manifest manifest = loader.manifest();
    if (!manifest.problems().isEmpty()) {
      throw new ServerException(
          "the manifests cannot be used: " + String.join("; ", texts(manifest.problems())));
    }
    Policy policy = manifest.policy();
    return new Manifests(
        policy, StoredRoles.of(objects, policy, settings.defaults()), texts(manifest.warnings()));
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (String argument : settings.arguments()) {
      if (!argument.equals(STANDARD_INPUT)) {
        files.addAll(ManifestFiles.find(argument, settings.recursive()));
      }
    }
    return files;
  }

  private static void read(
      ManifestLoader loader, String source, byte[] text, List<YamlMapping> objects) {
    loader.add(source, text);
    for (YamlValue value : YamlReader.lenient().readAll(source, text)) {
      addObjects(value, objects);
    }
  }

  private static void addObjects(YamlValue value, List<YamlMapping> objects) {
    if (!(value instanceof YamlMapping mapping)) {
      return;
    }
    if (mapping.get("kind") instanceof YamlString kind
        && kind.value().endsWith("List")
        && mapping.get("items") instanceof YamlSequence items) {
      for (YamlValue item : items.values()) {
        addObjects(item, objects);
      }
    } else {
      objects.add(mapping);
    }
  }

  private static List<String> texts(List<Problem> problems) {
    List<String> texts = new ArrayList<>();
    for (Problem problem : problems) {
      if (texts.size() == MOST_NAMED) {
        texts.add("and " + (problems.size() - MOST_NAMED) + " more");
        break;
      }
      texts.add(problem.toString());
    }
    return texts;
  }
}

package dev.certwright.conformance.endtoend;

import dev.certwright.conformance.program.Certwright;
import dev.certwright.conformance.program.Places;
import dev.certwright.conformance.program.Program;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The pod of a manifest in {@code deploy}, run as a kubelet would but for the container: the same
 * arguments and environment, with the paths at which volumes are mounted replaced by folders.
 */
final class Pod {
  private final YamlMapping spec;
  private final YamlMapping container;

  /** Longest first, so that a mount within a mount comes before it. */
  private final Map<String, Path> mounts =
      new TreeMap<>(
          (one, other) ->
              one.length() == other.length()
                  ? one.compareTo(other)
                  : Integer.compare(other.length(), one.length()));

  private Pod(YamlMapping spec) {
    this.spec = spec;
    this.container = (YamlMapping) values(spec, "containers").get(0);
  }

  /** The pod of the only object of a kind in a manifest. */
  static Pod of(Path manifest, String kind) throws IOException {
    for (YamlValue object : YamlReader.strict().readAll(manifest)) {
      if (object instanceof YamlMapping mapping && text(mapping, "kind").equals(kind)) {
        YamlMapping template = mapping(mapping(mapping, "spec"), "template");
        return new Pod(mapping(template, "spec"));
      }
    }
    throw new AssertionError("no " + kind + " in " + manifest);
  }

  static YamlMapping mapping(YamlMapping parent, String field) {
    if (parent.get(field) instanceof YamlMapping mapping) {
      return mapping;
    }
    throw new AssertionError("no mapping " + field);
  }

  static String text(YamlMapping parent, String field) {
    return parent.get(field) instanceof YamlString text ? text.value() : "";
  }

  static List<YamlValue> values(YamlMapping parent, String field) {
    return parent.get(field) instanceof YamlSequence list ? list.values() : List.of();
  }

  /** Says which folder, or file, stands for what the pod has at the mount of a volume. */
  Pod withVolume(String volume, Path place) {
    return withMount(mountPath(volume), place);
  }

  /** The same for what is mounted without being named, such as the token. */
  Pod withMount(String mountPath, Path place) {
    mounts.put(mountPath, place);
    return this;
  }

  private String mountPath(String volume) {
    for (YamlValue mount : values(container, "volumeMounts")) {
      if (mount instanceof YamlMapping mapping
          && text(mapping, "name").equals(volume)
          && mapping.get("subPath") == null) {
        return text(mapping, "mountPath");
      }
    }
    throw new AssertionError("the pod mounts no volume " + volume);
  }

  /** Files of a ConfigMap that are mounted one by one: key to the path in the pod. */
  Map<String, String> subPaths(String volume) {
    Map<String, String> paths = new TreeMap<>();
    for (YamlValue mount : values(container, "volumeMounts")) {
      if (mount instanceof YamlMapping mapping
          && text(mapping, "name").equals(volume)
          && mapping.get("subPath") != null) {
        paths.put(text(mapping, "subPath"), text(mapping, "mountPath"));
      }
    }
    return paths;
  }

  /** The volume's source, such as {@code hostPath}. */
  YamlMapping volume(String name) {
    for (YamlValue volume : values(spec, "volumes")) {
      if (volume instanceof YamlMapping mapping && text(mapping, "name").equals(name)) {
        return mapping;
      }
    }
    throw new AssertionError("the pod has no volume " + name);
  }

  /** A text with the paths of the pod in it, as it has to be here. */
  String here(String text) {
    List<String> paths = new ArrayList<>();
    for (String path : mounts.keySet()) {
      paths.add(Pattern.quote(path));
    }
    return Pattern.compile("(?<![\\w/.-])(" + String.join("|", paths) + ")(?![\\w.-])")
        .matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(String.valueOf(mounts.get(found.group(1)))));
  }

  /** A path of the pod, here. */
  Path path(String path) {
    return Path.of(here(path));
  }

  /** The command of the readiness probe, here. */
  List<String> readinessProbe() {
    YamlMapping exec = mapping(mapping(container, "readinessProbe"), "exec");
    return texts(values(exec, "command"));
  }

  private List<String> texts(List<YamlValue> values) {
    List<String> texts = new ArrayList<>();
    for (YamlValue value : values) {
      if (value instanceof YamlString text) {
        texts.add(here(text.value()));
      }
    }
    return texts;
  }

  /**
   * Starts it.
   *
   * @param without arguments, by their beginning, that are left out
   * @param more variables besides the container's
   */
  Process start(Path folder, List<String> without, Map<String, String> more) throws IOException {
    for (YamlValue first : values(spec, "initContainers")) {
      List<String> command = texts(values((YamlMapping) first, "command"));
      Program.of(folder, command.toArray(String[]::new)).run().expectSuccess();
    }
    Program program = Certwright.in(folder);
    for (Map.Entry<String, String> one : imageEnvironment().entrySet()) {
      program = program.with(one.getKey(), one.getValue());
    }
    for (YamlValue variable : values(container, "env")) {
      if (variable instanceof YamlMapping mapping) {
        program = program.with(text(mapping, "name"), here(text(mapping, "value")));
      }
    }
    for (Map.Entry<String, String> one : more.entrySet()) {
      program = program.with(one.getKey(), here(one.getValue()));
    }
    List<String> arguments = new ArrayList<>(texts(values(container, "args")));
    for (String beginning : without) {
      if (!arguments.removeIf(argument -> argument.startsWith(beginning))) {
        throw new AssertionError("the pod has no argument " + beginning);
      }
    }
    return program.start(arguments.toArray(new String[0]));
  }

  /** What the image sets: {@code ENV} in the Containerfile. */
  private static Map<String, String> imageEnvironment() throws IOException {
    Map<String, String> environment = new TreeMap<>();
    Matcher env =
        Pattern.compile("(?m)^ENV (.*)$")
            .matcher(Files.readString(Places.root().resolve("deploy/Containerfile")));
    while (env.find()) {
      Matcher one = Pattern.compile("(\\w+)=(?:\"([^\"]*)\"|(\\S+))").matcher(env.group(1));
      while (one.find()) {
        environment.put(one.group(1), one.group(2) == null ? one.group(3) : one.group(2));
      }
    }
    return environment;
  }
}

package dev.certwright.revocation.setup;

import dev.certwright.revocation.UnacceptableConfigurationException;
import dev.certwright.revocation.authorization.BlockText;
import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import dev.certwright.yaml.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The manifest from which the kubelet runs kube-apiserver, such as kubeadm's {@code
 * /etc/kubernetes/manifests/kube-apiserver.yaml}. Changes keep the lines that they do not concern.
 */
public final class StaticPodManifest {
  private static final String CONTAINER = "kube-apiserver";
  private static final String VOLUME = "certwright-authorization";
  private static final List<String> REPLACED =
      List.of(
          "--authorization-mode",
          "--authorization-webhook-config-file",
          "--authorization-webhook-version",
          "--authorization-webhook-cache-authorized-ttl",
          "--authorization-webhook-cache-unauthorized-ttl");

  private final String source;
  private final String text;
  private final YamlMapping root;
  private final YamlMapping container;
  private final String list;

  private StaticPodManifest(
      String source, String text, YamlMapping root, YamlMapping container, String list) {
    this.source = source;
    this.text = text;
    this.root = root;
    this.container = container;
    this.list = list;
  }

  /**
   * Reads one.
   *
   * @throws UnacceptableConfigurationException if it is no Pod with a container kube-apiserver
   */
  public static StaticPodManifest read(String source, byte[] bytes) {
    String text = new String(bytes, StandardCharsets.UTF_8);
    try {
      if (YamlReader.strict().read(source, bytes) instanceof YamlMapping root
          && root.get("spec") instanceof YamlMapping spec) {
        for (YamlValue one : values(spec, "containers")) {
          if (one instanceof YamlMapping container && text(container, "name").equals(CONTAINER)) {
            String list = flags(values(container, "args")) ? "args" : "command";
            return new StaticPodManifest(source, text, root, container, list);
          }
        }
      }
    } catch (YamlException notYaml) {
      throw refused(source, "line " + notYaml.position().line() + ": " + notYaml.problem());
    }
    throw refused(source, "it is no Pod with a container named " + CONTAINER);
  }

  private static UnacceptableConfigurationException refused(String source, String problem) {
    return new UnacceptableConfigurationException(
        source,
        List.of(problem),
        "without such a manifest, give --authorization-mode as the API server has it, and set its"
            + " flags yourself");
  }

  private static boolean flags(List<YamlValue> values) {
    for (YamlValue value : values) {
      if (value instanceof YamlString text && text.value().startsWith("--authorization-")) {
        return true;
      }
    }
    return false;
  }

  private static List<YamlValue> values(YamlMapping mapping, String field) {
    return mapping.get(field) instanceof YamlSequence list ? list.values() : List.of();
  }

  private static String text(YamlMapping mapping, String field) {
    return mapping.get(field) instanceof YamlString text ? text.value() : "";
  }

  /** Its text. */
  public String text() {
    return text;
  }

  /**
   * The value of a flag, null if it is not set.
   *
   * @throws UnacceptableConfigurationException if flag and value are two arguments
   */
  public @Nullable String flag(String name) {
    String found = null;
    for (YamlValue value : values(container, list)) {
      if (value instanceof YamlString argument) {
        if (argument.value().startsWith(name + "=")) {
          found = argument.value().substring(name.length() + 1);
        } else if (argument.value().equals(name)) {
          throw refused(
              source, name + " and its value are two arguments; write " + name + "=VALUE");
        }
      }
    }
    return found;
  }

  /**
   * The minor version of Kubernetes that the image's tag tells, such as 34; -1 if it tells none.
   */
  public int minorVersion() {
    String image = text(container, "image");
    int tag = image.lastIndexOf(":v1.");
    int at = tag + ":v1.".length();
    int end = at;
    while (tag >= 0 && end < image.length() && Character.isDigit(image.charAt(end))) {
      end++;
    }
    return tag < 0 || end == at || end - at > 4 ? -1 : Integer.parseInt(image.substring(at, end));
  }

  /**
   * Whether the API server sees the folder of a file as a whole: a file that is mounted alone never
   * changes for it, because a new one is renamed into its place.
   */
  public boolean seesFolderOf(String file) {
    boolean sees = false;
    for (YamlValue mount : values(container, "volumeMounts")) {
      if (mount instanceof YamlMapping mapping) {
        String path = text(mapping, "mountPath");
        if (path.equals(file)) {
          return false;
        }
        sees |= file.startsWith(path.endsWith("/") ? path : path + "/");
      }
    }
    return sees;
  }

  /**
   * The same with its authorizers read from a file in place of flags.
   *
   * @param file the file, the same on the node and in the container
   * @param folder the file's folder, which is mounted
   */
  public StaticPodManifest withAuthorizationFile(String file, String folder) {
    YamlMapping expected = expected(file, folder);
    String changed = changed(file, folder);
    return is(changed, expected)
        ? read(source, changed.getBytes(StandardCharsets.UTF_8))
        : read(source, YamlWriter.write(expected).getBytes(StandardCharsets.UTF_8));
  }

  private static boolean isReplaced(YamlValue argument) {
    if (argument instanceof YamlString text) {
      for (String flag : REPLACED) {
        if (text.value().startsWith(flag + "=")) {
          return true;
        }
      }
    }
    return false;
  }

  private static String flagOf(String file) {
    return "--authorization-config=" + file;
  }

  private YamlMapping expected(String file, String folder) {
    List<YamlValue> arguments = new ArrayList<>();
    boolean done = false;
    for (YamlValue argument : values(container, list)) {
      if (!isReplaced(argument)) {
        arguments.add(argument);
      } else if (!done) {
        arguments.add(YamlString.of(flagOf(file)));
        done = true;
      }
    }
    if (!done) {
      arguments.add(YamlString.of(flagOf(file)));
    }
    List<YamlValue> mounts = new ArrayList<>(List.of(mount(folder)));
    mounts.addAll(values(container, "volumeMounts"));
    YamlMapping changed =
        with(
            with(container, list, YamlSequence.of(arguments)),
            "volumeMounts",
            YamlSequence.of(mounts));
    YamlMapping spec = (YamlMapping) root.get("spec");
    if (spec == null) {
      throw new IllegalStateException("a manifest that was read has a spec");
    }
    List<YamlValue> containers = new ArrayList<>();
    for (YamlValue one : values(spec, "containers")) {
      containers.add(one == container ? changed : one);
    }
    List<YamlValue> volumes = new ArrayList<>(List.of(volume(folder)));
    volumes.addAll(values(spec, "volumes"));
    return with(
        root,
        "spec",
        with(
            with(spec, "containers", YamlSequence.of(containers)),
            "volumes",
            YamlSequence.of(volumes)));
  }

  private static YamlMapping mount(String folder) {
    return YamlMapping.builder()
        .put("mountPath", folder)
        .put("name", VOLUME)
        .put("readOnly", true)
        .build();
  }

  private static YamlMapping volume(String folder) {
    return YamlMapping.builder()
        .put("hostPath", YamlMapping.builder().put("path", folder).put("type", "Directory").build())
        .put("name", VOLUME)
        .build();
  }

  private static YamlMapping with(YamlMapping mapping, String field, YamlValue value) {
    YamlMapping.Builder builder = YamlMapping.builder();
    boolean there = false;
    for (YamlMapping.Entry entry : mapping.entries()) {
      boolean it = entry.key().equals(field);
      there |= it;
      builder.put(entry.key(), it ? value : entry.value());
    }
    return there ? builder.build() : builder.put(field, value).build();
  }

  /** From the last line to the first, so that the lines of the others stay where they were. */
  private String changed(String file, String folder) {
    String result = text;
    YamlMapping spec = (YamlMapping) root.get("spec");
    if (spec == null) {
      return result;
    }
    List<Change> changes = new ArrayList<>();
    changes.add(new Change(first(values(spec, "volumes")), volume(folder), false));
    changes.add(new Change(first(values(container, "volumeMounts")), mount(folder), false));
    YamlValue flag = YamlString.of(flagOf(file));
    boolean done = false;
    for (YamlValue argument : values(container, list)) {
      if (isReplaced(argument)) {
        changes.add(new Change(argument, done ? null : flag, true));
        done = true;
      }
    }
    changes.sort((one, other) -> Integer.compare(other.line(), one.line()));
    for (Change change : changes) {
      result = change.apply(result);
    }
    return result;
  }

  private static @Nullable YamlValue first(List<YamlValue> values) {
    return values.isEmpty() ? null : values.get(0);
  }

  /**
   * One element of a list to be put before another, or in its place.
   *
   * @param at the other; null if the list is empty, which is left to the caller's check
   * @param element null for none
   */
  private record Change(@Nullable YamlValue at, @Nullable YamlValue element, boolean replace) {

    int line() {
      return at == null ? 0 : at.position().line();
    }

    String apply(String text) {
      int indent = at == null ? -1 : BlockText.indent(text, at);
      if (indent < 0) {
        return text;
      }
      String shorter = replace ? BlockText.withoutLine(text, line()) : text;
      if (element == null) {
        return shorter;
      }
      StringBuilder lines = new StringBuilder(" ".repeat(indent)).append("- ");
      YamlWriter.append(lines, element, indent + 2, "\n");
      return BlockText.insert(shorter, line(), lines.toString());
    }
  }

  private static boolean is(String text, YamlMapping expected) {
    try {
      return YamlReader.strict().read("changed", text).equals(expected);
    } catch (YamlException broken) {
      return false;
    }
  }
}

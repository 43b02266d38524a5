package dev.certwright.kubeconfig;

import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlLimits;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlText;
import dev.certwright.yaml.YamlValue;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads one kubeconfig as upstream's clientcmd does (KC-02, KC-04): YAML or JSON, unknown fields
 * ignored, an empty file is an empty configuration, {@code kind} and {@code apiVersion} may be
 * missing.
 */
public final class KubeconfigReader {
  /** 16 MiB and 250,000 keys and values: a thousand clusters with their CAs are a tenth of it. */
  static final YamlLimits LIMITS = new YamlLimits(16 << 20, 200, 250_000);

  private static final YamlReader YAML = YamlReader.lenient().withLimits(LIMITS);

  private KubeconfigReader() {}

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read
   * @throws MalformedKubeconfigException if it is no kubeconfig, or too large to be one
   */
  public static Kubeconfig read(Path file) throws IOException {
    return read(file.toString(), bytes(file));
  }

  static byte[] bytes(Path file) throws IOException {
    try {
      return YamlText.read(file, LIMITS);
    } catch (YamlException e) {
      throw new MalformedKubeconfigException(e);
    }
  }

  /**
   * Reads the content of a file.
   *
   * @param file its name, for messages and as the origin of its entries
   * @throws MalformedKubeconfigException if it is no kubeconfig, or too large to be one
   */
  public static Kubeconfig read(String file, byte[] content) {
    return of(file, parse(file, content));
  }

  static YamlValue parse(String file, byte[] content) {
    try {
      return YAML.read(file, content);
    } catch (YamlException e) {
      throw new MalformedKubeconfigException(e);
    }
  }

  static Kubeconfig of(String file, YamlValue value) {
    if (value instanceof YamlNull) {
      return Kubeconfig.EMPTY;
    }
    FieldReader root = FieldReader.root(file, value);
    checkType(file, (YamlMapping) value);
    root.string("kind");
    root.string("apiVersion");
    FieldReader preferences = root.objectOrEmpty("preferences");
    return new Kubeconfig(
        named(root, "clusters", entry -> cluster(entry.objectOrEmpty("cluster"), entry.origin())),
        named(root, "users", entry -> user(entry.objectOrEmpty("user"), entry.origin())),
        named(root, "contexts", entry -> context(entry.objectOrEmpty("context"), entry.origin())),
        root.string("current-context"),
        new Preferences(preferences.bool("colors"), extensions(preferences)),
        extensions(root));
  }

  /** Upstream looks for the two by any case before it decodes the rest by exact case. */
  private static void checkType(String file, YamlMapping root) {
    String kind = anyCase(file, root, "kind");
    String apiVersion = anyCase(file, root, "apiVersion");
    boolean version =
        apiVersion.isEmpty()
            || apiVersion.equals("/")
            || apiVersion.equals("v1")
            || apiVersion.equals("/v1");
    if ((!kind.isEmpty() && !kind.equals("Config")) || !version) {
      throw new MalformedKubeconfigException(
          file,
          root.position(),
          "not a kubeconfig: expected kind Config of apiVersion v1, found kind "
              + GoStrings.quote(kind)
              + " of apiVersion "
              + GoStrings.quote(apiVersion));
    }
  }

  private static String anyCase(String file, YamlMapping root, String field) {
    List<YamlMapping.Entry> entries = new ArrayList<>(root.entries());
    entries.sort((a, b) -> a.key().compareTo(b.key()));
    String found = "";
    for (YamlMapping.Entry entry : entries) {
      if (!entry.key().equalsIgnoreCase(field) || entry.value() instanceof YamlNull) {
        continue;
      }
      if (!(entry.value() instanceof YamlString string)) {
        throw new MalformedKubeconfigException(
            file,
            entry.value().position(),
            entry.key() + " must be a string, found a " + entry.value().kind());
      }
      found = string.value();
    }
    return found;
  }

  private static <V> Map<String, V> named(
      FieldReader root, String list, Function<FieldReader, V> entry) {
    Map<String, V> byName = new LinkedHashMap<>();
    List<FieldReader> items = root.objects(list);
    if (items == null) {
      return byName;
    }
    for (FieldReader item : items) {
      String name = item.string("name");
      if (byName.put(name, entry.apply(item)) != null) {
        throw item.duplicate(list, name);
      }
    }
    return byName;
  }

  private static Cluster cluster(FieldReader fields, Origin origin) {
    return new Cluster(
        fields.string("server"),
        fields.string("tls-server-name"),
        fields.bool("insecure-skip-tls-verify"),
        fields.string("certificate-authority"),
        fields.data("certificate-authority-data"),
        fields.string("proxy-url"),
        fields.bool("disable-compression"),
        extensions(fields),
        origin);
  }

  private static Context context(FieldReader fields, Origin origin) {
    return new Context(
        fields.string("cluster"),
        fields.string("user"),
        fields.string("namespace"),
        extensions(fields),
        origin);
  }

  private static AuthInfo user(FieldReader fields, Origin origin) {
    List<String> groups = fields.strings("as-groups");
    return new AuthInfo(
        fields.string("client-certificate"),
        fields.data("client-certificate-data"),
        fields.string("client-key"),
        fields.data("client-key-data"),
        fields.string("token"),
        fields.string("tokenFile"),
        fields.string("as"),
        fields.string("as-uid"),
        groups == null ? List.of() : groups,
        fields.stringLists("as-user-extra"),
        fields.string("username"),
        fields.string("password"),
        authProvider(fields.object("auth-provider")),
        exec(fields.object("exec")),
        extensions(fields),
        origin);
  }

  private static @Nullable AuthProvider authProvider(@Nullable FieldReader fields) {
    return fields == null
        ? null
        : new AuthProvider(fields.string("name"), fields.stringMap("config"));
  }

  private static @Nullable ExecConfig exec(@Nullable FieldReader fields) {
    if (fields == null) {
      return null;
    }
    String apiVersion = fields.string("apiVersion");
    String interactiveMode = fields.string("interactiveMode");
    // Older versions of the messages did not know the field.
    if (interactiveMode.isEmpty()
        && (apiVersion.equals("client.authentication.k8s.io/v1beta1")
            || apiVersion.equals("client.authentication.k8s.io/v1alpha1"))) {
      interactiveMode = "IfAvailable";
    }
    List<FieldReader> variables = fields.objects("env");
    List<ExecConfig.EnvVar> env = null;
    if (variables != null) {
      env = new ArrayList<>();
      for (FieldReader variable : variables) {
        env.add(new ExecConfig.EnvVar(variable.string("name"), variable.string("value")));
      }
    }
    return new ExecConfig(
        fields.string("command"),
        fields.strings("args"),
        env,
        apiVersion,
        fields.string("installHint"),
        fields.bool("provideClusterInfo"),
        interactiveMode);
  }

  private static Extensions extensions(FieldReader fields) {
    List<FieldReader> items = fields.objects("extensions");
    if (items == null || items.isEmpty()) {
      return Extensions.NONE;
    }
    Map<String, YamlValue> byName = new LinkedHashMap<>();
    for (FieldReader item : items) {
      String name = item.string("name");
      YamlValue before = byName.put(name, item.any("extension"));
      if (before != null && !(before instanceof YamlNull)) {
        throw item.duplicate("extensions", name);
      }
    }
    return new Extensions(byName);
  }
}

package dev.certwright.cli.line;

import dev.certwright.identity.local.FileOwnership;
import dev.certwright.x509.SafeText;
import dev.certwright.yaml.YamlException;
import dev.certwright.yaml.YamlLimits;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNull;
import dev.certwright.yaml.YamlNumber;
import dev.certwright.yaml.YamlPosition;
import dev.certwright.yaml.YamlReader;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code certwright.yaml}: a mapping from names of options to values.
 *
 * <pre>{@code
 * server: https://10.0.0.1:6443
 * ca: /etc/kubernetes/pki
 * ttl: 12h
 * }</pre>
 *
 * <p>It lies in {@code $XDG_CONFIG_HOME/certwright}, by default {@code ~/.config/certwright}, or
 * where {@code CERTWRIGHT_CONFIG} says. The current folder is not looked at: it may be anybody's,
 * and the file decides which server gets to see whom. Paths in it start at its own folder.
 */
final class SettingsFile {
  /** What may be in it; a test holds this list against the options of all commands. */
  static final List<String> NAMES =
      List.of(
          "ca",
          "ca-cert",
          "ca-key",
          "ca-password-file",
          "canary",
          "client-ca",
          "cluster-ca",
          "cluster-name",
          "key-type",
          "ledger",
          "out",
          "outlets",
          "proxy-url",
          "server",
          "tls-server-name",
          "ttl");

  private static final String VARIABLE = "CERTWRIGHT_CONFIG";
  private static final String NAME = "certwright.yaml";
  private static final YamlLimits LIMITS = new YamlLimits(64 << 10, 10, 1_000);

  private final Path path;
  private final YamlMapping values;
  private final String home;

  private SettingsFile(Path path, YamlMapping values, String home) {
    this.path = path;
    this.values = values;
    this.home = home;
  }

  /**
   * The one that an environment leads to; an empty one if there is none.
   *
   * @throws UsageException if it cannot be read, is no mapping, has names that mean nothing, may be
   *     written or replaced by others than its owner, or is another user's
   * @throws YamlException if it is not YAML
   */
  static SettingsFile of(Map<String, String> environment) {
    String home = environment.getOrDefault("HOME", "");
    String named = environment.getOrDefault(VARIABLE, "");
    Path path = named.isEmpty() ? usual(environment, home) : Path.of(named);
    // One look at the file system is all that most people's commands pay for this.
    if (path == null || (named.isEmpty() && !Files.exists(path))) {
      return new SettingsFile(Path.of(NAME), YamlMapping.EMPTY, home);
    }
    return new SettingsFile(path.toAbsolutePath(), read(path), home);
  }

  private static @Nullable Path usual(Map<String, String> environment, String home) {
    String configuration = environment.getOrDefault("XDG_CONFIG_HOME", "");
    // The XDG base directory specification: a relative path there is to be ignored.
    if (configuration.startsWith("/")) {
      return Path.of(configuration, "certwright", NAME);
    }
    return home.isEmpty() ? null : Path.of(home, ".config", "certwright", NAME);
  }

  private static YamlMapping read(Path path) {
    try {
      checkMode(path);
      YamlValue root = YamlReader.strict().withLimits(LIMITS).read(path);
      if (root instanceof YamlNull) {
        return YamlMapping.EMPTY;
      }
      if (!(root instanceof YamlMapping mapping)) {
        throw new UsageException(
            path + " is a " + root.kind() + ", expected names and values",
            "write one setting a line, such as server: https://10.0.0.1:6443");
      }
      for (YamlMapping.Entry entry : mapping.entries()) {
        checkName(path, entry);
      }
      return mapping;
    } catch (NoSuchFileException absent) {
      throw new UsageException(
          "there is no file " + path + ", which " + VARIABLE + " names",
          "let it name the settings file, or unset it");
    } catch (IOException failed) {
      throw new UsageException(
          "cannot read the settings in " + path + ": " + failed.getClass().getSimpleName(),
          "mend the file, or let " + VARIABLE + " name another");
    }
  }

  private static void checkMode(Path path) throws IOException {
    FileOwnership file = FileOwnership.of(path);
    if (file.isWritableByOthers()) {
      throw new UsageException(
          path + " can be written by others than its owner, who could choose your CA and server",
          "chmod go-w " + path);
    }
    checkFolder(path.toAbsolutePath().normalize().getParent());
    if (file.isAnothers()) {
      throw new UsageException(
          path + " belongs to another user, who could choose your CA and server",
          "use a file of your own");
    }
  }

  /** Whoever may write in it could put another file in the place of this one. */
  private static void checkFolder(@Nullable Path folder) throws IOException {
    if (folder != null && FileOwnership.of(folder).isChangeableByOthers()) {
      throw new UsageException(
          "others than its owner may write in "
              + folder
              + ", and put other settings there, with another CA and server",
          "chmod go-w " + folder);
    }
  }

  private static void checkName(Path path, YamlMapping.Entry entry) {
    if (!NAMES.contains(entry.key())) {
      String near = Nearest.of(entry.key(), NAMES);
      throw new UsageException(
          place(path, entry.keyPosition())
              + ": there is no setting \""
              + SafeText.of(entry.key())
              + "\"",
          near == null ? "there is " + String.join(", ", NAMES) : "did you mean " + near + "?");
    }
  }

  /** The value for an option, null if it has none here. */
  @Nullable Setting find(OptionSpec option) {
    YamlMapping.Entry entry = values.entry(option.name());
    if (entry == null) {
      return null;
    }
    String source = place(path, entry.value().position()) + ": " + option.name();
    String text = text(entry.value());
    if (text == null || text.isEmpty()) {
      throw new UsageException(
          source + " is a " + entry.value().kind() + ", expected a text",
          "quote it if it is meant so, or leave the line out");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      throw new UsageException(
          source + " has a control character in it", "leave the character out");
    }
    return new Setting(isPath(option, text) ? resolve(text) : text, source, Origin.FILE);
  }

  private static @Nullable String text(YamlValue value) {
    if (value instanceof YamlString string) {
      return string.value();
    }
    return value instanceof YamlNumber number ? number.written() : null;
  }

  private static boolean isPath(OptionSpec option, String text) {
    return option.takesFile() || (option.takesPlace() && !text.contains("://"));
  }

  /** Shells expand a tilde on the command line; here nobody else does. */
  private String resolve(String text) {
    if (text.startsWith("~/") && !home.isEmpty()) {
      return Path.of(home, text.substring(2)).toString();
    }
    return path.resolveSibling(text).toString();
  }

  private static String place(Path path, YamlPosition position) {
    return path + ":" + position.line();
  }
}

package dev.certwright.cli.line;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands in for options that are not typed. Each such option has one name in three places:
 * {@code --cluster-ca}, {@code CERTWRIGHT_CLUSTER_CA} in the environment, {@code cluster-ca} in the
 * settings file; the first of them counts.
 */
public final class Settings {
  private final Map<String, String> environment;
  private @Nullable SettingsFile file;

  /** Those of an environment, and of the file that it leads to. Nothing is read yet. */
  public Settings(Map<String, String> environment) {
    this.environment = environment;
  }

  /**
   * What stands in for an option; null if nothing does.
   *
   * @throws UsageException if the settings file cannot be used
   */
  @Nullable Setting find(OptionSpec option) {
    if (option.environment().isEmpty()) {
      return null;
    }
    String value = environment.get(option.environment());
    if (value != null && !value.isEmpty()) {
      return new Setting(value, option.environment(), Origin.ENVIRONMENT);
    }
    if (file == null) {
      file = SettingsFile.of(environment);
    }
    return file.find(option);
  }

  /**
   * What would stand in for an option, did nothing above it: below {@link Origin#TYPED} the
   * environment and what was read of the file, below {@link Origin#ENVIRONMENT} the latter. The
   * file is not read for this.
   */
  List<Setting> below(OptionSpec option, Origin origin) {
    List<Setting> found = new ArrayList<>(2);
    if (option.environment().isEmpty() || origin == Origin.FILE) {
      return found;
    }
    String value = environment.get(option.environment());
    if (origin == Origin.TYPED && value != null && !value.isEmpty()) {
      found.add(new Setting(value, option.environment(), Origin.ENVIRONMENT));
    }
    Setting setting = file == null ? null : file.find(option);
    if (setting != null) {
      found.add(setting);
    }
    return found;
  }
}

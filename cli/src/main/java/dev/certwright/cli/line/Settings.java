package dev.certwright.cli.line;

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
      return new Setting(value, option.environment());
    }
    if (file == null) {
      file = SettingsFile.of(environment);
    }
    return file.find(option);
  }
}

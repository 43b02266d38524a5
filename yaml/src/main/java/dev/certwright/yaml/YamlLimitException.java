package dev.certwright.yaml;

/** The text may be well formed but is larger, deeper or more repetitive than is read here. */
public final class YamlLimitException extends YamlException {
  private static final long serialVersionUID = 1L;

  /** As {@link YamlException#YamlException(String, YamlPosition, String)}. */
  public YamlLimitException(String source, YamlPosition position, String problem) {
    super(source, position, problem);
  }
}

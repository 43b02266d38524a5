package dev.certwright.yaml;

/**
 * A JSON value: what a YAML or JSON text means once it is resolved.
 *
 * <p>Immutable. Two values are equal when their JSON is: positions do not count, nor does the order
 * of a mapping's entries.
 */
public sealed interface YamlValue
    permits YamlMapping, YamlSequence, YamlString, YamlNumber, YamlBoolean, YamlNull {

  /** Where the value begins; {@link YamlPosition#NONE} if it was made, not read. */
  YamlPosition position();

  /** What it is, for messages: {@code mapping}, {@code string} and so on. */
  String kind();
}

package dev.certwright.yaml;

/** Says what counts when a mapping has a key more than once. */
@FunctionalInterface
public interface RepeatedKey {

  /**
   * Called for each repetition, in the order of the text.
   *
   * @param before what counted so far
   * @param again what comes now, of the same key
   * @return the value that counts from here on, at the place of {@code again}
   * @throws RuntimeException if there may be no repetition; it ends the reading
   */
  YamlValue resolve(YamlMapping.Entry before, YamlMapping.Entry again);
}

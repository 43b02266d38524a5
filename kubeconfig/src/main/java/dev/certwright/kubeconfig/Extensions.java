package dev.certwright.kubeconfig;

import dev.certwright.yaml.YamlValue;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Named data of other programs, kept as it is.
 *
 * @param byName in the order they were written, unmodifiable
 */
public record Extensions(Map<String, YamlValue> byName) {
  /** No extensions. */
  public static final Extensions NONE = new Extensions(Map.of());

  /** Copies the map. */
  public Extensions {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  @Override
  public String toString() {
    return byName.keySet().toString();
  }
}

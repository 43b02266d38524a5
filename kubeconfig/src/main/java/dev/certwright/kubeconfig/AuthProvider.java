package dev.certwright.kubeconfig;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Settings of an authentication provider built into the client; kept, not used.
 *
 * @param name which provider
 * @param config its settings, secrets among them; null if none were written
 */
public record AuthProvider(String name, @Nullable Map<String, String> config) {

  /** Copies the map. */
  public AuthProvider {
    if (config != null) {
      config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
    }
  }

  @Override
  public String toString() {
    return "AuthProvider[name=" + name + "]";
  }
}

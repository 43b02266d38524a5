package dev.certwright.server.policy;

import dev.certwright.rbac.Policy;
import dev.certwright.yaml.YamlMapping;
import java.util.List;

/**
 * All that the files say at one moment.
 *
 * @param policy of the RBAC objects
 * @param objects all of them, of any kind, in the order of the files
 * @param warnings what is odd about them
 */
public record Manifests(Policy policy, List<YamlMapping> objects, List<String> warnings) {

  /** Copies the lists. */
  public Manifests {
    objects = List.copyOf(objects);
    warnings = List.copyOf(warnings);
  }
}

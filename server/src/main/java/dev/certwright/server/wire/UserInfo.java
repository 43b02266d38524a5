package dev.certwright.server.wire;

import dev.certwright.identity.Identity;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An identity as {@code UserInfo} of {@code authentication.k8s.io/v1}. */
public final class UserInfo {
  private UserInfo() {}

  /** What is empty is left out, also a name, and keys of extra are sorted, as Go prints maps. */
  public static YamlMapping of(Identity identity) {
    YamlMapping.Builder info = YamlMapping.builder();
    if (!identity.name().isEmpty()) {
      info.put("username", identity.name());
    }
    if (!identity.uid().isEmpty()) {
      info.put("uid", identity.uid());
    }
    if (!identity.groups().isEmpty()) {
      info.put("groups", YamlSequence.ofStrings(identity.groups()));
    }
    if (!identity.extra().isEmpty()) {
      YamlMapping.Builder extra = YamlMapping.builder();
      for (Map.Entry<String, List<String>> entry : new TreeMap<>(identity.extra()).entrySet()) {
        extra.put(entry.getKey(), YamlSequence.ofStrings(entry.getValue()));
      }
      info.put("extra", extra.build());
    }
    return info.build();
  }
}

package dev.certwright.server.discovery;

import dev.certwright.yaml.YamlMapping;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All resources that a server has. Immutable. */
public final class ApiCatalog {
  private static final List<ResourceType> STANDARD = List.copyOf(StandardResources.read());

  private final Map<String, List<ResourceType>> byGroupVersion = new LinkedHashMap<>();
  private final Map<String, ResourceType> byPath = new LinkedHashMap<>();
  private final Map<String, ResourceType> byKind = new LinkedHashMap<>();

  private ApiCatalog(List<ResourceType> types) {
    for (ResourceType type : types) {
      if (byPath.putIfAbsent(type.apiVersion() + "/" + type.resource(), type) == null) {
        byGroupVersion.computeIfAbsent(type.apiVersion(), key -> new ArrayList<>()).add(type);
        byKind.putIfAbsent(type.apiVersion() + "/" + type.kind(), type);
      }
    }
  }

  /** What kube-apiserver has, and what the definitions among these objects define. */
  public static ApiCatalog withCustom(List<YamlMapping> objects) {
    List<ResourceType> types = new ArrayList<>(STANDARD);
    for (YamlMapping object : objects) {
      types.addAll(CustomResources.of(object));
    }
    return new ApiCatalog(types);
  }

  /** A resource by its path, null if there is none. */
  public @Nullable ResourceType find(String group, String version, String resource) {
    return byPath.get((group.isEmpty() ? version : group + "/" + version) + "/" + resource);
  }

  /** A resource by what its objects say they are, null if there is none. */
  public @Nullable ResourceType ofKind(String apiVersion, String kind) {
    return byKind.get(apiVersion + "/" + kind);
  }

  /** All resources of {@code v1} or {@code group/version}, null if there is no such version. */
  public @Nullable List<ResourceType> resources(String apiVersion) {
    return byGroupVersion.get(apiVersion);
  }

  /** The versions of each group, preferred first, in order; the core group is the empty name. */
  public Map<String, List<String>> groups() {
    Map<String, List<String>> groups = new LinkedHashMap<>();
    for (List<ResourceType> types : byGroupVersion.values()) {
      ResourceType first = types.get(0);
      groups.computeIfAbsent(first.group(), key -> new ArrayList<>()).add(first.version());
    }
    return groups;
  }
}

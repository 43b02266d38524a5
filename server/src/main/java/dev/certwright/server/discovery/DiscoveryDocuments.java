package dev.certwright.server.discovery;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A catalog as clients read it (rules KB-10, KB-11). */
final class DiscoveryDocuments {
  private final ApiCatalog catalog;

  DiscoveryDocuments(ApiCatalog catalog) {
    this.catalog = catalog;
  }

  YamlMapping versions() {
    return YamlMapping.builder()
        .put("kind", "APIVersions")
        .put("versions", YamlSequence.ofStrings(coreVersions()))
        .put("serverAddressByClientCIDRs", YamlSequence.of(List.of()))
        .build();
  }

  private List<String> coreVersions() {
    return catalog.groups().getOrDefault("", List.of());
  }

  YamlMapping groupList() {
    List<YamlMapping> groups = new ArrayList<>();
    for (Map.Entry<String, List<String>> group : catalog.groups().entrySet()) {
      if (!group.getKey().isEmpty()) {
        groups.add(group(YamlMapping.builder(), group.getKey(), group.getValue()));
      }
    }
    return YamlMapping.builder()
        .put("kind", "APIGroupList")
        .put("apiVersion", "v1")
        .put("groups", YamlSequence.of(groups))
        .build();
  }

  /** Null if there is no such group. */
  @Nullable YamlMapping group(String name) {
    List<String> versions = name.isEmpty() ? null : catalog.groups().get(name);
    return versions == null
        ? null
        : group(
            YamlMapping.builder().put("kind", "APIGroup").put("apiVersion", "v1"), name, versions);
  }

  private static YamlMapping group(YamlMapping.Builder into, String name, List<String> versions) {
    List<YamlMapping> list = new ArrayList<>();
    for (String version : versions) {
      list.add(
          YamlMapping.builder()
              .put("groupVersion", name + "/" + version)
              .put("version", version)
              .build());
    }
    return into.put("name", name)
        .put("versions", YamlSequence.of(list))
        .put("preferredVersion", list.get(0))
        .build();
  }

  /** Null if there is no such version. */
  @Nullable YamlMapping resourceList(String apiVersion) {
    List<ResourceType> types = catalog.resources(apiVersion);
    if (types == null) {
      return null;
    }
    List<YamlMapping> resources = new ArrayList<>();
    for (ResourceType type : types) {
      YamlMapping.Builder resource =
          YamlMapping.builder()
              .put("name", type.resource())
              .put("singularName", type.singular())
              .put("namespaced", type.namespaced())
              .put("kind", type.kind())
              .put("verbs", YamlSequence.ofStrings(type.verbs()));
      putIfAny(resource, "shortNames", type.shortNames());
      putIfAny(resource, "categories", type.categories());
      resources.add(resource.build());
      for (Subresource subresource : type.subresources()) {
        resources.add(subresource(type, subresource));
      }
    }
    YamlMapping.Builder list = YamlMapping.builder().put("kind", "APIResourceList");
    // Upstream has always left it out here, and nowhere else.
    if (apiVersion.indexOf('/') >= 0) {
      list.put("apiVersion", "v1");
    }
    return list.put("groupVersion", apiVersion)
        .put("resources", YamlSequence.of(resources))
        .build();
  }

  private static YamlMapping subresource(ResourceType type, Subresource subresource) {
    YamlMapping.Builder one =
        YamlMapping.builder()
            .put("name", type.resource() + "/" + subresource.name())
            .put("singularName", "")
            .put("namespaced", type.namespaced());
    if (!subresource.version().isEmpty()) {
      if (!subresource.group().isEmpty()) {
        one.put("group", subresource.group());
      }
      one.put("version", subresource.version());
    }
    return one.put("kind", subresource.kind())
        .put("verbs", YamlSequence.ofStrings(subresource.verbs()))
        .build();
  }

  /** Aggregated, of the core group or of all others. */
  YamlMapping aggregated(boolean core) {
    List<YamlMapping> items = new ArrayList<>();
    for (Map.Entry<String, List<String>> group : catalog.groups().entrySet()) {
      if (group.getKey().isEmpty() == core) {
        List<YamlMapping> versions = new ArrayList<>();
        for (String version : group.getValue()) {
          versions.add(aggregatedVersion(group.getKey(), version));
        }
        YamlMapping metadata =
            core ? YamlMapping.EMPTY : YamlMapping.builder().put("name", group.getKey()).build();
        items.add(
            YamlMapping.builder()
                .put("metadata", metadata)
                .put("versions", YamlSequence.of(versions))
                .build());
      }
    }
    return YamlMapping.builder()
        .put("kind", "APIGroupDiscoveryList")
        .put("apiVersion", "apidiscovery.k8s.io/v2")
        .put("metadata", YamlMapping.EMPTY)
        .put("items", YamlSequence.of(items))
        .build();
  }

  private YamlMapping aggregatedVersion(String group, String version) {
    List<ResourceType> types = catalog.resources(group.isEmpty() ? version : group + "/" + version);
    List<YamlMapping> resources = new ArrayList<>();
    for (ResourceType type : types == null ? List.<ResourceType>of() : types) {
      YamlMapping.Builder one =
          YamlMapping.builder()
              .put("resource", type.resource())
              .put("responseKind", kind("", "", type.kind()))
              .put("scope", type.namespaced() ? "Namespaced" : "Cluster")
              .put("singularResource", type.singular())
              .put("verbs", YamlSequence.ofStrings(type.verbs()));
      putIfAny(one, "shortNames", type.shortNames());
      putIfAny(one, "categories", type.categories());
      List<YamlMapping> subresources = new ArrayList<>();
      for (Subresource subresource : type.subresources()) {
        subresources.add(
            YamlMapping.builder()
                .put("subresource", subresource.name())
                .put(
                    "responseKind",
                    kind(subresource.group(), subresource.version(), subresource.kind()))
                .put("verbs", YamlSequence.ofStrings(subresource.verbs()))
                .build());
      }
      if (!subresources.isEmpty()) {
        one.put("subresources", YamlSequence.of(subresources));
      }
      resources.add(one.build());
    }
    return YamlMapping.builder()
        .put("version", version)
        .put("resources", YamlSequence.of(resources))
        .put("freshness", "Current")
        .build();
  }

  private static YamlMapping kind(String group, String version, String kind) {
    return YamlMapping.builder()
        .put("group", group)
        .put("version", version)
        .put("kind", kind)
        .build();
  }

  private static void putIfAny(YamlMapping.Builder into, String key, List<String> texts) {
    if (!texts.isEmpty()) {
      into.put(key, YamlSequence.ofStrings(texts));
    }
  }
}

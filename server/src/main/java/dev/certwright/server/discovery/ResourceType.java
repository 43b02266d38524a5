package dev.certwright.server.discovery;

import dev.certwright.yaml.YamlMapping;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A resource in one version of its group.
 *
 * @param group empty for the core group
 * @param version such as {@code v1}
 * @param resource plural, as paths have it
 * @param kind of its objects
 * @param singular lower case
 * @param namespaced whether objects belong to namespaces
 * @param verbs that the API has for it
 * @param shortNames for kubectl
 * @param categories for kubectl
 * @param subresources in the order of their names
 * @param custom what its CustomResourceDefinition says besides; null if it has none
 */
public record ResourceType(
    String group,
    String version,
    String resource,
    String kind,
    String singular,
    boolean namespaced,
    List<String> verbs,
    List<String> shortNames,
    List<String> categories,
    List<Subresource> subresources,
    @Nullable Custom custom) {

  /**
   * What a CustomResourceDefinition says of a version.
   *
   * @param columns for kubectl; empty if it leaves them to the server
   * @param schema {@code openAPIV3Schema}
   */
  public record Custom(List<PrinterColumn> columns, YamlMapping schema) {

    /** Copies the list. */
    public Custom {
      columns = List.copyOf(columns);
    }
  }

  /** Copies the lists. */
  public ResourceType {
    verbs = List.copyOf(verbs);
    shortNames = List.copyOf(shortNames);
    categories = List.copyOf(categories);
    subresources = List.copyOf(subresources);
  }

  /** {@code apiVersion} of its objects. */
  public String apiVersion() {
    return group.isEmpty() ? version : group + "/" + version;
  }

  /** One of its subresources, null if there is none of this name. */
  public @Nullable Subresource subresource(String name) {
    for (Subresource subresource : subresources) {
      if (subresource.name().equals(name)) {
        return subresource;
      }
    }
    return null;
  }
}

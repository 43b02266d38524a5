package dev.certwright.kubeconfig;

import dev.certwright.yaml.YamlMapping;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A client's configuration: clusters, users, and contexts that put them together.
 *
 * @param clusters by name, in the order they were written
 * @param users by name, in the order they were written
 * @param contexts by name, in the order they were written
 * @param currentContext name of the context that is used unless another is asked for, or empty
 * @param preferences settings of the client
 * @param extensions data of other programs
 */
public record Kubeconfig(
    Map<String, Cluster> clusters,
    Map<String, AuthInfo> users,
    Map<String, Context> contexts,
    String currentContext,
    Preferences preferences,
    Extensions extensions) {

  /** Nothing at all, which is a valid configuration. */
  public static final Kubeconfig EMPTY =
      new Kubeconfig(Map.of(), Map.of(), Map.of(), "", Preferences.NONE, Extensions.NONE);

  /** Copies the maps. */
  public Kubeconfig {
    clusters = Collections.unmodifiableMap(new LinkedHashMap<>(clusters));
    users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
    contexts = Collections.unmodifiableMap(new LinkedHashMap<>(contexts));
  }

  /** Whether nothing at all is set. */
  public boolean isEmpty() {
    return clusters.isEmpty()
        && users.isEmpty()
        && contexts.isEmpty()
        && currentContext.isEmpty()
        && !preferences.colors()
        && preferences.extensions().byName().isEmpty()
        && extensions.byName().isEmpty();
  }

  /**
   * Lays a configuration of lower precedence under this one: entries by name, whole, those of this
   * one win; of {@code current-context} the first that is not empty (KC-03).
   */
  public Kubeconfig mergedWith(Kubeconfig lower) {
    return new Kubeconfig(
        under(clusters, lower.clusters),
        under(users, lower.users),
        under(contexts, lower.contexts),
        currentContext.isEmpty() ? lower.currentContext : currentContext,
        new Preferences(
            preferences.colors() || lower.preferences.colors(),
            new Extensions(
                under(preferences.extensions().byName(), lower.preferences.extensions().byName()))),
        new Extensions(under(extensions.byName(), lower.extensions.byName())));
  }

  private static <V> Map<String, V> under(Map<String, V> upper, Map<String, V> lower) {
    Map<String, V> merged = new LinkedHashMap<>(upper);
    lower.forEach(merged::putIfAbsent);
    return merged;
  }

  /**
   * The same with the relative paths of every entry made absolute, against the folder of the file
   * that defined it (KC-05). Entries that were not read from a file stay as they are.
   */
  public Kubeconfig withAbsolutePaths() {
    Map<String, Cluster> absoluteClusters = new LinkedHashMap<>(clusters);
    absoluteClusters.replaceAll((name, cluster) -> FileReferences.absolute(cluster));
    Map<String, AuthInfo> absoluteUsers = new LinkedHashMap<>(users);
    absoluteUsers.replaceAll((name, user) -> FileReferences.absolute(user));
    return new Kubeconfig(
        absoluteClusters, absoluteUsers, contexts, currentContext, preferences, extensions);
  }

  /**
   * As {@code kubectl config view --raw -o json} prints it: lists sorted by name, secrets in it.
   */
  public YamlMapping toJson() {
    return KubeconfigJson.of(this);
  }

  @Override
  public String toString() {
    return "Kubeconfig[clusters="
        + clusters.keySet()
        + ", users="
        + users.keySet()
        + ", contexts="
        + contexts.keySet()
        + ", currentContext="
        + currentContext
        + "]";
  }
}

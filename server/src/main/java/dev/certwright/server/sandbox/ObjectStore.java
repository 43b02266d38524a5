package dev.certwright.server.sandbox;

import dev.certwright.server.discovery.ApiCatalog;
import dev.certwright.server.discovery.ResourceType;
import dev.certwright.yaml.YamlMapping;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** All objects at one moment, by resource and name. Immutable. */
final class ObjectStore {
  /** Before anything is read. */
  static final ObjectStore EMPTY = new ObjectStore(0, Map.of(), Set.of());

  private static final NavigableMap<String, StoredObject> NOTHING = new TreeMap<>();
  private static final List<String> NAMESPACES =
      List.of("default", "kube-node-lease", "kube-public", "kube-system");

  private final long revision;
  private final Map<String, NavigableMap<String, StoredObject>> byResource;
  private final Set<String> unknown;

  private ObjectStore(
      long revision,
      Map<String, NavigableMap<String, StoredObject>> byResource,
      Set<String> unknown) {
    this.revision = revision;
    this.byResource = byResource;
    this.unknown = unknown;
  }

  static String key(ResourceType type) {
    return type.group() + "/" + type.resource();
  }

  /** The next one, of these objects; what has not changed keeps its revision and birthday. */
  ObjectStore next(List<YamlMapping> objects, ApiCatalog catalog, Instant now) {
    Set<String> missing = new TreeSet<>();
    Building building = new Building(this, revision + 1, now);
    for (YamlMapping object : objects) {
      String apiVersion = StoredObject.text(object, "apiVersion");
      String kind = StoredObject.text(object, "kind");
      ResourceType type = catalog.ofKind(apiVersion, kind);
      if (type == null) {
        missing.add(kind + " (" + apiVersion + ")");
      } else if (!building.put(type, object)) {
        missing.add("a " + kind + " without a name");
      }
    }
    ResourceType namespaces = catalog.find("", "v1", "namespaces");
    if (namespaces != null) {
      for (String name : building.namespaces()) {
        building.putNamespace(namespaces, name);
      }
    }
    return new ObjectStore(revision + 1, building.byResource, missing);
  }

  /** The {@code resourceVersion} of lists. */
  long revision() {
    return revision;
  }

  /** Kinds of objects that are not served because nobody defines them. */
  Set<String> unknown() {
    return unknown;
  }

  /** All of a resource, by namespace and name. */
  NavigableMap<String, StoredObject> all(String resource) {
    return byResource.getOrDefault(resource, NOTHING);
  }

  Collection<StoredObject> objects(String resource) {
    return all(resource).values();
  }

  @Nullable StoredObject find(String resource, String namespace, String name) {
    return all(resource).get(namespace + "/" + name);
  }

  private static final class Building {
    private final ObjectStore before;
    private final long revision;
    private final Instant now;
    private final Map<String, NavigableMap<String, StoredObject>> byResource = new HashMap<>();
    private final Set<String> namespaces = new TreeSet<>(NAMESPACES);

    Building(ObjectStore before, long revision, Instant now) {
      this.before = before;
      this.revision = revision;
      this.now = now;
    }

    Set<String> namespaces() {
      return namespaces;
    }

    boolean put(ResourceType type, YamlMapping object) {
      YamlMapping metadata = StoredObject.mapping(object, "metadata");
      String name = StoredObject.text(metadata, "name");
      if (name.isEmpty()) {
        return false;
      }
      String namespace = "";
      if (type.namespaced()) {
        namespace = StoredObject.text(metadata, "namespace");
        namespace = namespace.isEmpty() ? "default" : namespace;
        namespaces.add(namespace);
      }
      StoredObject old = before.find(key(type), namespace, name);
      StoredObject made = stored(type, object, namespace, name, old, revision);
      if (old != null && isSame(old, stored(type, object, namespace, name, old, old.revision()))) {
        made = old;
      }
      byResource
          .computeIfAbsent(key(type), key -> new TreeMap<>())
          .put(namespace + "/" + name, made);
      return true;
    }

    void putNamespace(ResourceType namespaces, String name) {
      NavigableMap<String, StoredObject> known = byResource.get(key(namespaces));
      if (known != null && known.containsKey("/" + name)) {
        return;
      }
      YamlMapping labels = YamlMapping.builder().put("kubernetes.io/metadata.name", name).build();
      boolean unused =
          put(
              namespaces,
              YamlMapping.builder()
                  .put(
                      "metadata",
                      YamlMapping.builder().put("name", name).put("labels", labels).build())
                  .put("status", YamlMapping.builder().put("phase", "Active").build())
                  .build());
    }

    private static boolean isSame(StoredObject one, StoredObject other) {
      return one.object().equals(other.object());
    }

    private StoredObject stored(
        ResourceType type,
        YamlMapping object,
        String namespace,
        String name,
        @Nullable StoredObject old,
        long version) {
      YamlMapping given = StoredObject.mapping(object, "metadata");
      YamlMapping.Builder metadata = YamlMapping.builder().put("name", name);
      if (!namespace.isEmpty()) {
        metadata.put("namespace", namespace);
      }
      String identity = key(type) + "/" + namespace + "/" + name;
      metadata
          .put("uid", UUID.nameUUIDFromBytes(identity.getBytes(StandardCharsets.UTF_8)).toString())
          .put("resourceVersion", Long.toString(version))
          .put(
              "creationTimestamp",
              old == null
                  ? now.truncatedTo(ChronoUnit.SECONDS).toString()
                  : StoredObject.text(old.metadata(), "creationTimestamp"));
      for (YamlMapping.Entry entry : given.entries()) {
        if (!entry.key().equals("name")
            && !entry.key().equals("namespace")
            && !entry.key().equals("resourceVersion")) {
          metadata.put(entry.key(), entry.value());
        }
      }
      YamlMapping.Builder whole =
          YamlMapping.builder()
              .put("apiVersion", type.apiVersion())
              .put("kind", type.kind())
              .put("metadata", metadata.build());
      for (YamlMapping.Entry entry : object.entries()) {
        if (!entry.key().equals("apiVersion")
            && !entry.key().equals("kind")
            && !entry.key().equals("metadata")) {
          whole.put(entry.key(), entry.value());
        }
      }
      return new StoredObject(
          key(type),
          namespace,
          name,
          version,
          StoredObject.texts(StoredObject.mapping(given, "labels")),
          whole.build());
    }
  }
}

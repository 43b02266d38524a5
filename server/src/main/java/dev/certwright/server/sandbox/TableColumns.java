package dev.certwright.server.sandbox;

import dev.certwright.yaml.YamlBoolean;
import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlNumber;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlString;
import dev.certwright.yaml.YamlValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What kubectl shows of objects of a resource: the columns that people look at most. */
final class TableColumns {
  private static final List<String> USUAL = List.of("Name", "Age");

  private TableColumns() {}

  /** One of a table's {@code columnDefinitions}. */
  static YamlMapping definition(
      String name, String type, String format, String description, long priority) {
    return YamlMapping.builder()
        .put("name", name)
        .put("type", type)
        .put("format", format)
        .put("description", description)
        .put("priority", priority)
        .build();
  }

  /** All of those of a resource. */
  static List<YamlMapping> definitions(String resource) {
    List<YamlMapping> definitions = new ArrayList<>();
    for (String name : names(resource)) {
      definitions.add(
          definition(
              name,
              "string",
              name.equals("Name") ? "name" : "",
              name.toLowerCase(Locale.ROOT) + " of the object",
              0));
    }
    return definitions;
  }

  private static List<String> names(String resource) {
    return switch (resource) {
      case "/pods" -> List.of("Name", "Ready", "Status", "Restarts", "Age");
      case "/namespaces" -> List.of("Name", "Status", "Age");
      case "/services" -> List.of("Name", "Type", "Cluster-IP", "External-IP", "Port(s)", "Age");
      case "/configmaps" -> List.of("Name", "Data", "Age");
      case "/secrets" -> List.of("Name", "Type", "Data", "Age");
      case "/nodes" -> List.of("Name", "Status", "Age", "Version");
      case "apps/deployments" -> List.of("Name", "Ready", "Up-to-date", "Available", "Age");
      case "rbac.authorization.k8s.io/rolebindings",
          "rbac.authorization.k8s.io/clusterrolebindings" ->
          List.of("Name", "Role", "Age");
      case "rbac.authorization.k8s.io/roles", "rbac.authorization.k8s.io/clusterroles" ->
          List.of("Name", "Created At");
      case "apiextensions.k8s.io/customresourcedefinitions" ->
          List.of("Name", "Scope", "Versions", "Created At");
      default -> USUAL;
    };
  }

  /** What stands in them. */
  static List<YamlValue> cells(StoredObject object, Instant now) {
    String created = StoredObject.text(object.metadata(), "creationTimestamp");
    List<YamlValue> cells = new ArrayList<>();
    for (String column : names(object.resource())) {
      cells.add(
          switch (column) {
            case "Name" -> YamlString.of(object.name());
            case "Age" -> YamlString.of(Age.of(created, now));
            case "Created At" -> YamlString.of(created);
            default -> cell(object, column);
          });
    }
    return cells;
  }

  private static YamlValue cell(StoredObject object, String column) {
    YamlMapping spec = StoredObject.mapping(object.object(), "spec");
    YamlMapping status = StoredObject.mapping(object.object(), "status");
    return switch (object.resource() + " " + column) {
      case "/pods Ready" ->
          YamlString.of(count(containers(status), "ready") + "/" + list(spec, "containers").size());
      case "/pods Status" -> orElse(StoredObject.text(status, "phase"), "Pending");
      case "/pods Restarts" -> YamlNumber.of(sum(containers(status), "restartCount"));
      case "/namespaces Status" -> orElse(StoredObject.text(status, "phase"), "Active");
      case "/services Type" -> orElse(StoredObject.text(spec, "type"), "ClusterIP");
      case "/services Cluster-IP" -> orElse(StoredObject.text(spec, "clusterIP"), "<none>");
      case "/services External-IP" -> YamlString.of("<none>");
      case "/services Port(s)" -> orElse(ports(list(spec, "ports")), "<none>");
      case "/configmaps Data", "/secrets Data" ->
          YamlNumber.of(
              StoredObject.mapping(object.object(), "data").size()
                  + StoredObject.mapping(object.object(), "stringData").size()
                  + StoredObject.mapping(object.object(), "binaryData").size());
      case "/secrets Type" -> orElse(object.at("type"), "Opaque");
      case "/nodes Status" -> YamlString.of(isReady(status) ? "Ready" : "Unknown");
      case "/nodes Version" ->
          YamlString.of(
              StoredObject.text(StoredObject.mapping(status, "nodeInfo"), "kubeletVersion"));
      case "apps/deployments Ready" ->
          YamlString.of(number(status, "readyReplicas", 0) + "/" + number(spec, "replicas", 1));
      case "apps/deployments Up-to-date" -> YamlNumber.of(number(status, "updatedReplicas", 0));
      case "apiextensions.k8s.io/customresourcedefinitions Scope" ->
          YamlString.of(StoredObject.text(spec, "scope"));
      case "apiextensions.k8s.io/customresourcedefinitions Versions" ->
          YamlString.of(versions(list(spec, "versions")));
      case "apps/deployments Available" -> YamlNumber.of(number(status, "availableReplicas", 0));
      default -> YamlString.of(object.at("roleRef", "kind") + "/" + object.at("roleRef", "name"));
    };
  }

  private static List<YamlValue> containers(YamlMapping status) {
    return list(status, "containerStatuses");
  }

  private static List<YamlValue> list(YamlMapping object, String key) {
    return object.get(key) instanceof YamlSequence list ? list.values() : List.of();
  }

  private static int count(List<YamlValue> objects, String key) {
    int count = 0;
    for (YamlValue object : objects) {
      if (object instanceof YamlMapping mapping
          && mapping.get(key) instanceof YamlBoolean bool
          && bool.value()) {
        count++;
      }
    }
    return count;
  }

  private static long sum(List<YamlValue> objects, String key) {
    long sum = 0;
    for (YamlValue object : objects) {
      sum += object instanceof YamlMapping mapping ? number(mapping, key, 0) : 0;
    }
    return sum;
  }

  private static long number(YamlMapping object, String key, long otherwise) {
    if (!(object.get(key) instanceof YamlNumber number)) {
      return otherwise;
    }
    try {
      return number.longValueExact();
    } catch (ArithmeticException none) {
      return otherwise;
    }
  }

  private static String ports(List<YamlValue> ports) {
    List<String> texts = new ArrayList<>();
    for (YamlValue port : ports) {
      if (port instanceof YamlMapping mapping) {
        String protocol = StoredObject.text(mapping, "protocol");
        texts.add(number(mapping, "port", 0) + "/" + (protocol.isEmpty() ? "TCP" : protocol));
      }
    }
    return String.join(",", texts);
  }

  private static String versions(List<YamlValue> versions) {
    List<String> names = new ArrayList<>();
    for (YamlValue version : versions) {
      if (version instanceof YamlMapping mapping) {
        boolean stored = mapping.get("storage") instanceof YamlBoolean storage && storage.value();
        names.add(StoredObject.text(mapping, "name") + (stored ? "(storage)" : ""));
      }
    }
    return String.join(",", names);
  }

  private static boolean isReady(YamlMapping status) {
    for (YamlValue condition : list(status, "conditions")) {
      if (condition instanceof YamlMapping mapping
          && StoredObject.text(mapping, "type").equals("Ready")) {
        return StoredObject.text(mapping, "status").equals("True");
      }
    }
    return false;
  }

  private static YamlString orElse(String text, String otherwise) {
    return YamlString.of(text.isEmpty() ? otherwise : text);
  }
}

package dev.certwright.server.sandbox;

import dev.certwright.rbac.request.FieldSelector;
import dev.certwright.rbac.request.UnknownFieldException;
import dev.certwright.yaml.YamlMapping;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which objects of a resource are wanted.
 *
 * @param resource {@code group/resource}
 * @param namespace empty for all
 * @param labels of the query
 * @param fields of the query
 */
record Selection(String resource, String namespace, LabelQuery labels, FieldSelector fields) {

  /**
   * Whether an object is.
   *
   * @throws UnknownFieldException if its kind cannot be selected so
   */
  boolean matches(StoredObject object) {
    return (namespace.isEmpty() || namespace.equals(object.namespace()))
        && labels.matches(object.labels())
        && fields.matches(field -> value(object, field));
  }

  /**
   * Looks whether objects of the resource can be selected so.
   *
   * @throws UnknownFieldException if not
   */
  void requireKnown() {
    StoredObject any = new StoredObject(resource, "", "", 0, Map.of(), YamlMapping.EMPTY);
    fields.requireKnown(field -> value(any, field));
  }

  /** The value of a field by which upstream selects, null if it does not. */
  private static @Nullable String value(StoredObject object, String field) {
    if (field.equals("metadata.name")) {
      return object.name();
    } else if (field.equals("metadata.namespace")) {
      return object.namespace();
    }
    List<String> known =
        switch (object.resource()) {
          case "/pods" ->
              List.of(
                  "spec.nodeName",
                  "spec.restartPolicy",
                  "spec.schedulerName",
                  "spec.serviceAccountName",
                  "spec.hostNetwork",
                  "status.phase",
                  "status.podIP",
                  "status.nominatedNodeName");
          case "/secrets" -> List.of("type");
          case "/namespaces" -> List.of("status.phase");
          case "/nodes" -> List.of("spec.unschedulable");
          case "/services" -> List.of("spec.clusterIP", "spec.type");
          case "/replicationcontrollers", "apps/replicasets" -> List.of("status.replicas");
          case "batch/jobs" -> List.of("status.successful");
          case "certificates.k8s.io/certificatesigningrequests" -> List.of("spec.signerName");
          default -> List.of();
        };
    if (!known.contains(field)) {
      return null;
    }
    String value = object.at(field.split("\\.", -1));
    return value.isEmpty() && field.equals("status.phase") && object.resource().equals("/pods")
        ? "Pending"
        : value;
  }
}

package dev.certwright.server.sandbox;

import dev.certwright.rbac.request.FieldSelector;
import dev.certwright.rbac.request.UnknownFieldException;
import dev.certwright.yaml.YamlMapping;
import java.util.Map;
import java.util.Set;
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
  /** What upstream selects by, and what stands there in a cluster where a manifest says nothing. */
  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("/pods spec.nodeName", ""),
          Map.entry("/pods spec.restartPolicy", "Always"),
          Map.entry("/pods spec.schedulerName", "default-scheduler"),
          Map.entry("/pods spec.serviceAccountName", "default"),
          Map.entry("/pods spec.hostNetwork", "false"),
          Map.entry("/pods status.phase", "Pending"),
          Map.entry("/pods status.podIP", ""),
          Map.entry("/pods status.nominatedNodeName", ""),
          Map.entry("/secrets type", "Opaque"),
          Map.entry("/namespaces status.phase", "Active"),
          Map.entry("/nodes spec.unschedulable", "false"),
          Map.entry("/services spec.clusterIP", ""),
          Map.entry("/services spec.type", "ClusterIP"),
          Map.entry("/replicationcontrollers status.replicas", "0"),
          Map.entry("apps/replicasets status.replicas", "0"),
          Map.entry("batch/jobs status.successful", "0"),
          Map.entry("certificates.k8s.io/certificatesigningrequests spec.signerName", ""));

  private static final Set<String> EVENT_FIELDS =
      Set.of(
          "involvedObject.kind",
          "involvedObject.namespace",
          "involvedObject.name",
          "involvedObject.uid",
          "involvedObject.apiVersion",
          "involvedObject.resourceVersion",
          "involvedObject.fieldPath",
          "reason",
          "reportingComponent",
          "source",
          "type");

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

  /** Whether neither labels nor fields are asked for. */
  boolean isAll() {
    return labels.isEmpty() && fields.isEmpty();
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
    if (object.resource().equals("/events") && EVENT_FIELDS.contains(field)) {
      return object.scalarAt(
          (field.equals("source") ? "source.component" : field).split("\\.", -1));
    }
    String otherwise = DEFAULTS.get(object.resource() + " " + field);
    if (otherwise == null) {
      return null;
    }
    String path = field.equals("status.successful") ? "status.succeeded" : field;
    String value = object.scalarAt(path.split("\\.", -1));
    return value.isEmpty() ? otherwise : value;
  }
}

package dev.certwright.rbac.manifest;

import dev.certwright.rbac.GoText;
import dev.certwright.rbac.internal.NameSyntax;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The part of an object's metadata that is looked at.
 *
 * @param name or empty
 * @param generateName or empty
 * @param namespace or empty
 * @param labels by key
 * @param annotations by key
 * @param finalizers names
 */
record Metadata(
    String name,
    String generateName,
    String namespace,
    Map<String, String> labels,
    Map<String, String> annotations,
    List<String> finalizers) {
  private static final int MOST_ANNOTATIONS = 256 * 1024;
  static final Metadata NONE = new Metadata("", "", "", Map.of(), Map.of(), List.of());

  static Metadata read(ObjectFields object) {
    ObjectFields fields = object.object("metadata");
    if (fields == null) {
      return NONE;
    }
    fields.knowing(
        "name",
        "generateName",
        "namespace",
        "selfLink",
        "uid",
        "resourceVersion",
        "generation",
        "creationTimestamp",
        "deletionTimestamp",
        "deletionGracePeriodSeconds",
        "labels",
        "annotations",
        "ownerReferences",
        "finalizers",
        "managedFields");
    return new Metadata(
        fields.text("name"),
        fields.text("generateName"),
        fields.text("namespace"),
        fields.map("labels"),
        fields.map("annotations"),
        fields.texts("finalizers"));
  }

  Metadata inNamespace(String other) {
    return new Metadata(name, generateName, other, labels, annotations, finalizers);
  }

  /** Checks what {@code ValidateObjectMeta} upstream checks (rules RV-01, RV-08). */
  void validate(boolean namespaced, FieldProblems problems) {
    if (name.isEmpty()) {
      problems.required("metadata.name", "name or generateName is required");
    }
    for (String problem : NameSyntax.pathSegment(name)) {
      problems.invalid("metadata.name", name, problem);
    }
    if (namespaced && namespace.isEmpty()) {
      problems.required("metadata.namespace", "");
    } else if (namespaced) {
      for (String problem : NameSyntax.dnsLabel(namespace)) {
        problems.invalid("metadata.namespace", namespace, problem);
      }
    }
    labels(labels, "metadata.labels", problems);
    annotations(problems);
    finalizers(problems);
  }

  static void labels(Map<String, String> labels, String path, FieldProblems problems) {
    for (Map.Entry<String, String> label : labels.entrySet()) {
      for (String problem : NameSyntax.labelKey(label.getKey())) {
        problems.invalid(path, label.getKey(), problem);
      }
      for (String problem : NameSyntax.labelValue(label.getValue())) {
        problems.invalid(path, label.getValue(), problem);
      }
    }
  }

  private void annotations(FieldProblems problems) {
    long size = 0;
    for (Map.Entry<String, String> annotation : annotations.entrySet()) {
      String key = annotation.getKey();
      for (String problem : NameSyntax.labelKey(key.toLowerCase(Locale.ROOT))) {
        problems.invalid("metadata.annotations", key, problem);
      }
      size +=
          key.getBytes(StandardCharsets.UTF_8).length
              + annotation.getValue().getBytes(StandardCharsets.UTF_8).length;
    }
    if (size > MOST_ANNOTATIONS) {
      problems.add(
          "metadata.annotations", "Too long: may not be more than " + MOST_ANNOTATIONS + " bytes");
    }
  }

  private void finalizers(FieldProblems problems) {
    for (String finalizer : finalizers) {
      for (String problem : NameSyntax.labelKey(finalizer)) {
        problems.invalid("metadata.finalizers", finalizer, problem);
      }
    }
    if (finalizers.contains("orphan") && finalizers.contains("foregroundDeletion")) {
      problems.invalidJson(
          "metadata.finalizers",
          GoText.json(finalizers),
          "finalizer orphan and foregroundDeletion cannot be both set");
    }
    for (int i = 0; i < finalizers.size(); i++) {
      String finalizer = finalizers.get(i);
      boolean standard =
          finalizer.equals("kubernetes")
              || finalizer.equals("orphan")
              || finalizer.equals("foregroundDeletion");
      if (finalizer.indexOf('/') < 0 && !standard) {
        problems.invalid(
            "metadata.finalizers[" + i + "]",
            finalizer,
            "name is neither a standard finalizer name nor is it fully qualified");
      }
    }
  }
}

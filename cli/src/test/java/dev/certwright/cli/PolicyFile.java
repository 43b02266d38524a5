package dev.certwright.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A policy in a file, and {@code certwright can-i} asked about it. */
record PolicyFile(Path folder, String path) {
  static final String POLICY =
      """
      apiVersion: rbac.authorization.k8s.io/v1beta1
      kind: ClusterRole
      metadata: {name: reader}
      rules:
      - {apiGroups: [""], resources: [pods, pods/log], verbs: [get, list]}
      - {apiGroups: [apps], resources: ["*/scale"], verbs: [patch]}
      - {apiGroups: [kubeflow.org], resources: [notebooks], verbs: [get]}
      - {apiGroups: [""], resources: [secrets], resourceNames: [token], verbs: [get, create]}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: RoleBinding
      metadata: {name: devs, namespace: dev}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: reader}
      subjects: [{kind: Group, name: devs}, {kind: ServiceAccount, name: robot}]
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: nodes}
      rules:
      - {apiGroups: [""], resources: [nodes, namespaces], verbs: [get]}
      - {nonResourceURLs: ["/logs/*"], verbs: [get]}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: nodes}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: nodes}
      subjects: [{kind: User, name: ann}]
      ---
      apiVersion: v1
      kind: ConfigMap
      metadata: {name: other}
      """;

  /** Writes it into a folder. */
  static PolicyFile in(Path folder) throws IOException {
    return new PolicyFile(
        folder, Files.writeString(folder.resolve("policy.yaml"), POLICY).toString());
  }

  /** Writes another file beside it. */
  String write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text).toString();
  }

  Run canI(String words) {
    return canI(words.split(" ", -1));
  }

  Run canI(String... words) {
    List<String> all = new ArrayList<>(List.of("can-i", "-f", path));
    all.addAll(Arrays.asList(words));
    return Run.certwright(all.toArray(new String[0]));
  }
}

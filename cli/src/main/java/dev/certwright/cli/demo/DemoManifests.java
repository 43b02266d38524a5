package dev.certwright.cli.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The policy and the objects of the demo. */
final class DemoManifests {
  static final String POLICY = "read-only-users.yaml";
  static final String PODS = "pods.yaml";

  private static final String POLICY_TEXT =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: read-only-user}
      rules:
      - {apiGroups: [""], resources: [pods, namespaces], verbs: [get, list, watch]}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: read-only-users}
      subjects:
      - {apiGroup: rbac.authorization.k8s.io, kind: User, name: brancz}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: read-only-user}
      """;

  private static final String PODS_TEXT =
      """
      apiVersion: v1
      kind: Pod
      metadata: {name: web, labels: {app: web}}
      spec: {containers: [{name: web, image: example.com/web}]}
      status: {phase: Running, containerStatuses: [{name: web, ready: true, restartCount: 0}]}
      ---
      apiVersion: v1
      kind: Pod
      metadata: {name: db-0, namespace: data, labels: {app: db}}
      spec: {containers: [{name: db, image: example.com/db}]}
      status: {phase: Running, containerStatuses: [{name: db, ready: true, restartCount: 2}]}
      """;

  private DemoManifests() {}

  static void write(Path folder) throws IOException {
    Files.writeString(folder.resolve(POLICY), POLICY_TEXT);
    Files.writeString(folder.resolve(PODS), PODS_TEXT);
  }
}

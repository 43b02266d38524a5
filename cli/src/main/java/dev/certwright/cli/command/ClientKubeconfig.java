package dev.certwright.cli.command;

import org.jspecify.annotations.Nullable;

/** The kubeconfig of one client. */
final class ClientKubeconfig {
  private ClientKubeconfig() {}

  static void check(ClusterOptions cluster, String user) {}

  static byte[] write(
      ClusterOptions cluster,
      String user,
      byte[] certificatePem,
      byte @Nullable [] keyPem,
      @Nullable String keyFile,
      boolean embed) {
    StringBuilder t = new StringBuilder();
    t.append("apiVersion: v1\nkind: Config\nclusters:\n- name: \"")
        .append(cluster.name())
        .append("\"\n  cluster:\n    server: \"")
        .append(cluster.server())
        .append("\"\n    certificate-authority-data: ")
        .append(java.util.Base64.getEncoder().encodeToString(cluster.authorityPem()))
        .append("\nusers:\n- name: \"")
        .append(user)
        .append("\"\n  user:\n    client-certificate-data: ")
        .append(java.util.Base64.getEncoder().encodeToString(certificatePem))
        .append("\n    client-key-data: ")
        .append(keyPem == null ? keyFile : java.util.Base64.getEncoder().encodeToString(keyPem))
        .append("\ncontexts:\n- name: a\n  context:\n    cluster: \"")
        .append(cluster.name())
        .append("\"\n    user: \"")
        .append(user)
        .append("\"\ncurrent-context: a\n");
    return t.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
  }
}

package dev.certwright.revocation.authorization;

/**
 * The kubeconfig that authorizers of the denylist name. kube-apiserver reads it and wants one that
 * is complete, but nothing ever connects to the server in it: port 1 of the node itself.
 */
public final class NeverCalledKubeconfig {
  /** Its whole text. */
  public static final String TEXT =
      """
      # kube-apiserver reads this file because a webhook authorizer must name one. The authorizers of
      # certwright that do so decide by their match conditions alone: nothing connects to this server.
      apiVersion: v1
      kind: Config
      clusters:
      - name: never-called
        cluster:
          server: https://127.0.0.1:1/
      users:
      - name: never-called
        user: {}
      contexts:
      - name: never-called
        context:
          cluster: never-called
          user: never-called
      current-context: never-called
      """;

  private NeverCalledKubeconfig() {}
}

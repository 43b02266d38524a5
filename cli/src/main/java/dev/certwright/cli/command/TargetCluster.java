package dev.certwright.cli.command;

import dev.certwright.kubeconfig.CredentialKubeconfig;
import dev.certwright.kubeconfig.ServerUrl;
import org.jspecify.annotations.Nullable;

/**
 * The cluster that new kubeconfigs are for.
 *
 * @param name of the cluster entry
 * @param server the API server
 * @param authorityPem bundle of the CAs that sign the API server's own certificate
 * @param namespace of the context, or null for {@code default}
 * @param tlsServerName name to expect in the API server's certificate, or null for the URL's host
 * @param proxyUrl proxy on the way, or null for the environment's
 */
@SuppressWarnings("ArrayRecordComponent")
record TargetCluster(
    String name,
    ServerUrl server,
    byte[] authorityPem,
    @Nullable String namespace,
    @Nullable String tlsServerName,
    @Nullable String proxyUrl) {

  /**
   * Host, port and path of the server's URL: the default for the cluster's name. By the path alone
   * differ clusters behind one gateway.
   */
  static String nameOf(String server) {
    int start = server.indexOf("://") + 3;
    int end = server.length();
    while (end > start && server.charAt(end - 1) == '/') {
      end--;
    }
    return server.substring(start, end);
  }

  /**
   * A kubeconfig without credentials yet. User entry and context are called {@code USER@CLUSTER},
   * so that files of several clusters, or of several users of one, can be merged and do not
   * collide.
   *
   * @throws IllegalArgumentException if a value is none that kubectl would take
   */
  CredentialKubeconfig.Builder kubeconfigFor(String user) {
    String entry = user + "@" + name;
    CredentialKubeconfig.Builder builder =
        CredentialKubeconfig.builder().cluster(name, server).user(entry).context(entry);
    if (namespace != null) {
      builder.namespace(namespace);
    }
    if (tlsServerName != null) {
      builder.tlsServerName(tlsServerName);
    }
    if (proxyUrl != null) {
      builder.proxyUrl(proxyUrl);
    }
    return builder;
  }
}

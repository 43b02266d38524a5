package dev.certwright.kubeconfig;

import dev.certwright.yaml.YamlMapping;
import dev.certwright.yaml.YamlSequence;
import dev.certwright.yaml.YamlWriter;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A new kubeconfig for one user of one cluster. User entry and context are called {@code
 * USER@CLUSTER}, so that files of several clusters, or of several users of one, can be merged and
 * do not collide.
 */
public final class ClientKubeconfig {
  private final ClusterEntry cluster;
  private final String user;
  private final YamlMapping credentials;
  private final @Nullable String authorityFile;

  private ClientKubeconfig(
      ClusterEntry cluster, String user, YamlMapping credentials, @Nullable String authorityFile) {
    this.cluster = cluster;
    this.user = user;
    this.credentials = credentials;
    this.authorityFile = authorityFile;
  }

  /** Holds everything itself. */
  public static ClientKubeconfig embedding(
      ClusterEntry cluster, String user, byte[] certificatePem, byte[] keyPem) {
    return new ClientKubeconfig(
        cluster,
        user,
        YamlMapping.builder()
            .put("client-certificate-data", base64(certificatePem))
            .put("client-key-data", base64(keyPem))
            .build(),
        null);
  }

  /** Holds the certificate, and names the file of a key that was made elsewhere. */
  public static ClientKubeconfig withKeyFile(
      ClusterEntry cluster, String user, byte[] certificatePem, String keyFile) {
    return new ClientKubeconfig(
        cluster,
        user,
        YamlMapping.builder()
            .put("client-certificate-data", base64(certificatePem))
            .put("client-key", keyFile)
            .build(),
        null);
  }

  /** Names all files; relative paths start at the kubeconfig's own folder (rule KC-05). */
  public static ClientKubeconfig naming(
      ClusterEntry cluster,
      String user,
      String authorityFile,
      String certificateFile,
      String keyFile) {
    return new ClientKubeconfig(
        cluster,
        user,
        YamlMapping.builder()
            .put("client-certificate", certificateFile)
            .put("client-key", keyFile)
            .build(),
        authorityFile);
  }

  /** Name of the context and of the user entry. */
  public String contextName() {
    return user + "@" + cluster.name();
  }

  /** The file, UTF-8. */
  public byte[] encoded() {
    YamlMapping.Builder clusterEntry = YamlMapping.builder().put("server", cluster.server());
    if (authorityFile == null) {
      clusterEntry.put("certificate-authority-data", base64(cluster.authorityPem()));
    } else {
      clusterEntry.put("certificate-authority", authorityFile);
    }
    putIfPresent(clusterEntry, "tls-server-name", cluster.tlsServerName());
    putIfPresent(clusterEntry, "proxy-url", cluster.proxyUrl());
    YamlMapping.Builder context =
        YamlMapping.builder().put("cluster", cluster.name()).put("user", contextName());
    putIfPresent(context, "namespace", cluster.namespace());
    YamlMapping file =
        YamlMapping.builder()
            .put("apiVersion", "v1")
            .put("kind", "Config")
            .put("clusters", named(cluster.name(), "cluster", clusterEntry.build()))
            .put("users", named(contextName(), "user", credentials))
            .put("contexts", named(contextName(), "context", context.build()))
            .put("current-context", contextName())
            .build();
    return YamlWriter.write(file).getBytes(StandardCharsets.UTF_8);
  }

  private static YamlSequence named(String name, String kind, YamlMapping entry) {
    return YamlSequence.of(
        List.of(YamlMapping.builder().put("name", name).put(kind, entry).build()));
  }

  private static void putIfPresent(
      YamlMapping.Builder builder, String key, @Nullable String value) {
    if (value != null) {
      builder.put(key, value);
    }
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }
}

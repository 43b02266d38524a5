package dev.certwright.kubeconfig;

import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * How a new kubeconfig reaches a cluster.
 *
 * @param name of the cluster entry
 * @param server URL of the API server, {@code https://HOST[:PORT][/PATH]}
 * @param authorityPem bundle of the CAs that sign the API server's own certificate
 * @param namespace of the context, or null for {@code default}
 * @param tlsServerName name to expect in the API server's certificate, or null for the URL's host
 * @param proxyUrl proxy on the way, or null for the environment's
 */
@SuppressWarnings("ArrayRecordComponent")
public record ClusterEntry(
    String name,
    String server,
    byte[] authorityPem,
    @Nullable String namespace,
    @Nullable String tlsServerName,
    @Nullable String proxyUrl) {

  private static final int LABEL_LENGTH = 63;

  /**
   * Checks what kubectl would refuse, or silently ignore.
   *
   * @throws KubeconfigException saying which value is wrong, and what is expected
   */
  public ClusterEntry {
    checkServer(server);
    if (name.isBlank()) {
      throw new KubeconfigException("the cluster name is empty");
    }
    if (namespace != null && !isLabel(namespace)) {
      throw new KubeconfigException(
          "expected a namespace of lower-case letters, digits and '-', found "
              + Quoted.of(namespace));
    }
    if (tlsServerName != null && tlsServerName.isBlank()) {
      throw new KubeconfigException("the TLS server name is empty");
    }
    if (proxyUrl != null) {
      checkProxy(proxyUrl);
    }
  }

  /** Host and port of the server's URL as it is written: the default for the cluster's name. */
  public static String nameOf(String server) {
    int from = server.indexOf("://");
    int start = from < 0 ? 0 : from + 3;
    int end = start;
    while (end < server.length() && "/?#".indexOf(server.charAt(end)) < 0) {
      end++;
    }
    return end == start ? "kubernetes" : server.substring(start, end);
  }

  /** A client certificate is presented over TLS only (rule KC-14). */
  private static void checkServer(String server) {
    URI uri = parse(server, "server");
    if (!"https".equals(uri.getScheme()) || uri.getHost() == null) {
      throw new KubeconfigException(
          "expected a server such as https://10.0.0.1:6443, found " + Quoted.of(server));
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      throw new KubeconfigException(
          "expected a server URL of scheme, host, port and path alone, found " + Quoted.of(server));
    }
    if (uri.getPort() == 0 || uri.getPort() > 65535) {
      throw new KubeconfigException("no TCP port has the number in " + Quoted.of(server));
    }
  }

  /** Rule KC-15. */
  private static void checkProxy(String proxy) {
    URI uri = parse(proxy, "proxy");
    String scheme = uri.getScheme() == null ? "" : uri.getScheme();
    if (!scheme.equals("http") && !scheme.equals("https") && !scheme.equals("socks5")
        || uri.getHost() == null) {
      throw new KubeconfigException(
          "expected a proxy URL of http, https or socks5, found " + Quoted.of(proxy));
    }
  }

  private static URI parse(String url, String what) {
    try {
      return new URI(url);
    } catch (URISyntaxException malformed) {
      throw new KubeconfigException("the " + what + " is no URL: " + Quoted.of(url), malformed);
    }
  }

  /** A DNS-1123 label (rule KC-17). */
  private static boolean isLabel(String text) {
    if (text.isEmpty() || text.length() > LABEL_LENGTH) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean edge = i == 0 || i == text.length() - 1;
      if (!(c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-' && !edge)) {
        return false;
      }
    }
    return true;
  }
}

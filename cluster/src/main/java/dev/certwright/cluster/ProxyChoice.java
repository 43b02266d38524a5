package dev.certwright.cluster;

import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Map;

/**
 * By which way to reach a server: the kubeconfig's {@code proxy-url}, else what the environment
 * says, as Go's programs understand it (rule KC-15).
 */
final class ProxyChoice {
  private static final int HTTP_PORT = 80;
  private static final int SOCKS_PORT = 1080;

  private ProxyChoice() {}

  /**
   * The way to a server.
   *
   * @param proxyUrl of the kubeconfig, or empty
   * @throws UnusableCredentialsException if the proxy is of a kind that is not known here
   */
  static Proxy of(URI server, String proxyUrl, Map<String, String> environment) {
    if (!proxyUrl.isEmpty()) {
      return proxy(proxyUrl, "proxy-url");
    }
    String host = String.valueOf(server.getHost()).toLowerCase(Locale.ROOT);
    if (isLoopback(host) || isExcepted(host, server.getPort(), environment)) {
      return Proxy.NO_PROXY;
    }
    String variable = server.getScheme().equalsIgnoreCase("https") ? "HTTPS_PROXY" : "HTTP_PROXY";
    String url = variable(environment, variable);
    return url.isEmpty() ? Proxy.NO_PROXY : proxy(url, variable);
  }

  private static String variable(Map<String, String> environment, String name) {
    String value = environment.getOrDefault(name, "");
    return value.isEmpty() ? environment.getOrDefault(name.toLowerCase(Locale.ROOT), "") : value;
  }

  private static Proxy proxy(String text, String where) {
    URI url;
    try {
      url = new URI(text.contains("://") ? text : "http://" + text);
    } catch (URISyntaxException malformed) {
      throw unusable(where, "is no URL");
    }
    String host = url.getHost();
    if (host == null) {
      throw unusable(where, "names no host");
    }
    if (url.getUserInfo() != null) {
      throw unusable(where, "has a password, which is not passed on from here");
    }
    return switch (url.getScheme().toLowerCase(Locale.ROOT)) {
      case "http" -> way(Proxy.Type.HTTP, host, url.getPort(), HTTP_PORT);
      case "socks5", "socks5h" -> way(Proxy.Type.SOCKS, host, url.getPort(), SOCKS_PORT);
      default -> throw unusable(where, "is neither http nor socks5");
    };
  }

  private static Proxy way(Proxy.Type type, String host, int port, int otherwise) {
    String plain = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    return new Proxy(type, new InetSocketAddress(plain, port < 0 ? otherwise : port));
  }

  private static UnusableCredentialsException unusable(String where, String why) {
    return new UnusableCredentialsException(
        "the proxy in " + where + " " + why, "use an http or socks5 proxy without password", null);
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
  }

  private static boolean isExcepted(String host, int port, Map<String, String> environment) {
    for (String part : variable(environment, "NO_PROXY").split(",", -1)) {
      String entry = part.strip().toLowerCase(Locale.ROOT);
      int colon = entry.lastIndexOf(':');
      if (colon > 0 && entry.indexOf(':') == colon) {
        if (!entry.substring(colon + 1).equals(String.valueOf(port))) {
          continue;
        }
        entry = entry.substring(0, colon);
      }
      if (entry.equals("*") || !entry.isEmpty() && matches(host, entry)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(String host, String entry) {
    if (entry.indexOf('/') > 0) {
      return AddressBlock.contains(entry, host);
    }
    String domain = entry.startsWith("*.") ? entry.substring(1) : entry;
    if (domain.startsWith(".")) {
      return host.endsWith(domain);
    }
    return host.equals(domain) || host.endsWith("." + domain);
  }
}

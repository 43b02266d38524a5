package dev.certwright.conformance.differential;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The addresses of a kubeconfig as clients use them. */
final class ClientUrls {
  private ClientUrls() {}

  /**
   * Where requests go: with a path upstream drops what stands behind it, as module cluster does.
   */
  static String host(String server) {
    URI uri = uri(server);
    if (uri == null || uri.getRawPath() == null || uri.getRawPath().length() < 2) {
      return server;
    }
    String authority = uri.getRawAuthority() == null ? "" : "//" + uri.getRawAuthority();
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT) + ":";
    return uri.isOpaque() ? server : scheme + authority + uri.getRawPath();
  }

  /**
   * Whether the JDK knows a host and the scheme in it that the client uses, as module cluster needs
   * them.
   */
  static boolean isAddress(String server, boolean secure) {
    URI uri = uri(server.contains("://") ? server : "http://" + server);
    return uri != null
        && uri.getHost() != null
        && uri.getScheme().equalsIgnoreCase(secure ? "https" : "http");
  }

  private static @Nullable URI uri(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException malformed) {
      return null;
    }
  }

  /** A URL that Go can read, as Go prints it again; others as they are. */
  static String printed(String url) {
    int colon = url.indexOf(':');
    if (colon <= 0 || !url.substring(0, colon).matches("[A-Za-z][A-Za-z0-9+.-]*")) {
      return url;
    }
    String rest = url.substring(colon + 1);
    StringBuilder text = new StringBuilder(url.substring(0, colon).toLowerCase(Locale.ROOT));
    text.append(':');
    for (byte octet :
        (rest.equals("//") ? "" : rest).getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
      if (octet < 0) {
        text.append(String.format("%%%02X", octet & 0xFF));
      } else {
        text.append((char) octet);
      }
    }
    return text.toString();
  }
}

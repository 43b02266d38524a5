package dev.certwright.cluster;

import dev.certwright.kubeconfig.EffectiveContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * One API server, asked as one user of a kubeconfig. Nothing is followed elsewhere, answers are
 * bounded, and credentials only travel over TLS.
 */
public final class ApiServer {
  /** The most bytes of one answer. */
  static final int LARGEST_BODY = 32 << 20;

  private static final int CONNECT_MILLIS = 10_000;
  private static final int READ_MILLIS = 60_000;

  private final URI server;
  private final Proxy proxy;
  private final @Nullable SSLSocketFactory sockets;
  private final Credentials credentials;

  private ApiServer(
      URI server, Proxy proxy, @Nullable SSLSocketFactory sockets, Credentials credentials) {
    this.server = server;
    this.proxy = proxy;
    this.sockets = sockets;
    this.credentials = credentials;
  }

  /**
   * The server and user of a context. No request is made yet.
   *
   * @param environment for proxies
   * @throws UnusableCredentialsException if the context cannot be used from here
   */
  public static ApiServer of(EffectiveContext context, Map<String, String> environment) {
    String address = context.cluster().server();
    boolean secure = context.usesTls();
    URI server = server(address.contains("://") ? address : "http://" + address, secure);
    return new ApiServer(
        server,
        ProxyChoice.of(server, context.cluster().proxyUrl(), environment),
        secure ? TlsSettings.socketFactory(context) : null,
        Credentials.of(context.user(), context.userName()));
  }

  // Where other clients would not speak TLS, nothing is read as if they did, nor the reverse.
  private static URI server(String text, boolean secure) {
    try {
      URI server = new URI(text);
      if (server.getScheme().equalsIgnoreCase(secure ? "https" : "http")) {
        if (server.getHost() != null) {
          return server;
        }
        if (server.getRawAuthority() != null) {
          throw new UnusableCredentialsException(
              "the server of the kubeconfig has a name that cannot be asked from here: "
                  + server.getRawAuthority(),
              "expected letters, digits and '-', as in https://HOST:PORT; with tls-server-name"
                  + " an address will do",
              null);
        }
      }
    } catch (URISyntaxException malformed) {
      // Said below, with the other reasons.
    }
    throw new UnusableCredentialsException(
        "the server of the kubeconfig is no http or https URL", "expected https://HOST:PORT", null);
  }

  /** Where it is. */
  public String address() {
    return server.getScheme().toLowerCase(Locale.ROOT) + "://" + server.getRawAuthority();
  }

  /** By which the user is known, of each request. */
  Map<String, List<String>> headers() {
    return credentials.headers(sockets != null);
  }

  /** Gets a path. */
  ApiResponse get(String pathAndQuery) {
    return send("GET", pathAndQuery, "application/json", new byte[0]);
  }

  /** Gets a path in a form that has to be asked for. */
  ApiResponse get(String pathAndQuery, String accepted) {
    return send("GET", pathAndQuery, accepted, new byte[0]);
  }

  /** Posts an object, as JSON. */
  ApiResponse post(String path, String object) {
    return send("POST", path, "application/json", object.getBytes(StandardCharsets.UTF_8));
  }

  /** What lets another thread end a {@link #stream}. */
  StoppableSockets stoppable() {
    return new StoppableSockets(
        sockets == null ? (SSLSocketFactory) SSLSocketFactory.getDefault() : sockets);
  }

  /**
   * Gets a path whose answer has no end.
   *
   * @param silent milliseconds after which a connection that says nothing is given up
   * @throws IOException if the server cannot be reached
   * @throws ClusterException if it answers anything but 200
   */
  ApiStream stream(String pathAndQuery, StoppableSockets stoppable, int silent) throws IOException {
    HttpURLConnection connection = open(pathAndQuery);
    if (connection instanceof HttpsURLConnection secure) {
      secure.setSSLSocketFactory(stoppable);
    }
    connection.setReadTimeout(silent);
    connection.setRequestProperty("Accept", "application/json");
    connection.setRequestProperty("User-Agent", "certwright");
    int status = connection.getResponseCode();
    if (status == ApiResponse.OK) {
      return new ApiStream(connection.getInputStream(), connection::disconnect);
    }
    throw new ClusterException(
        address() + " does not answer the watch: " + body(connection, status).describe(), "", null);
  }

  private ApiResponse send(String method, String pathAndQuery, String accepted, byte[] body) {
    try {
      return exchange(open(pathAndQuery), method, accepted, body);
    } catch (SSLException untrusted) {
      throw new ClusterException(
          address() + " cannot be reached safely: " + untrusted.getMessage(),
          "is certificate-authority of the kubeconfig the CA of this server, and tls-server-name"
              + " its name?",
          untrusted);
    } catch (IOException failed) {
      throw new ClusterException(address() + " cannot be reached: " + describe(failed), "", failed);
    }
  }

  private static String describe(IOException failed) {
    return failed instanceof java.net.UnknownHostException
        ? "no such host, " + failed.getMessage()
        : String.valueOf(failed.getMessage());
  }

  private HttpURLConnection open(String pathAndQuery) throws IOException {
    String base = server.getRawPath() == null ? "" : server.getRawPath();
    while (base.endsWith("/")) {
      base = base.substring(0, base.length() - 1);
    }
    HttpURLConnection connection =
        (HttpURLConnection)
            URI.create(address() + base + pathAndQuery).toURL().openConnection(proxy);
    if (connection instanceof HttpsURLConnection secure && sockets != null) {
      secure.setSSLSocketFactory(sockets);
    }
    headers()
        .forEach((name, values) -> values.forEach(v -> connection.addRequestProperty(name, v)));
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout(CONNECT_MILLIS);
    connection.setReadTimeout(READ_MILLIS);
    return connection;
  }

  private static ApiResponse exchange(
      HttpURLConnection connection, String method, String accepted, byte[] body)
      throws IOException {
    connection.setRequestMethod(method);
    connection.setRequestProperty("Accept", accepted);
    connection.setRequestProperty("User-Agent", "certwright");
    if (body.length > 0) {
      connection.setRequestProperty("Content-Type", "application/json");
      connection.setDoOutput(true);
      try (OutputStream out = connection.getOutputStream()) {
        out.write(body);
      }
    }
    return body(connection, connection.getResponseCode());
  }

  private static ApiResponse body(HttpURLConnection connection, int status) throws IOException {
    InputStream in =
        status < HttpURLConnection.HTTP_BAD_REQUEST
            ? connection.getInputStream()
            : connection.getErrorStream();
    if (in == null) {
      return new ApiResponse(status, new byte[0]);
    }
    try (in) {
      byte[] bytes = in.readNBytes(LARGEST_BODY + 1);
      if (bytes.length > LARGEST_BODY) {
        connection.disconnect();
        throw new IOException("an answer is larger than " + (LARGEST_BODY >> 20) + " MiB");
      }
      return new ApiResponse(status, bytes);
    }
  }

  @Override
  public String toString() {
    return "ApiServer[" + address() + ", " + credentials + "]";
  }
}

package dev.certwright.server.http;

import dev.certwright.rbac.GoText;
import io.netty.handler.codec.http.HttpHeaders;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A request whose head has come. Method and target are as they were sent: nothing is decoded,
 * normalised or rewritten, and no header says otherwise.
 */
public final class Request {
  private final String method;
  private final String target;
  private final HttpHeaders headers;
  private final Connection connection;

  Request(String method, String target, HttpHeaders headers, Connection connection) {
    this.method = method;
    this.target = text(target);
    this.headers = headers;
    this.connection = connection;
  }

  /**
   * Of the connection that it came on.
   *
   * @param clientCertificates DER, leaf first
   * @param remote where it comes from
   * @param http2 whether it shares the connection with others
   */
  record Connection(List<byte[]> clientCertificates, SocketAddress remote, boolean http2) {}

  /** Case-sensitive. */
  public String method() {
    return method;
  }

  /**
   * As on the request line, with query; bytes that are not UTF-8 are kept as {@link GoText} keeps
   * them.
   */
  public String target() {
    return target;
  }

  /** All values of a header in their order, its name compared without case. */
  public List<String> headerValues(String name) {
    return headers.getAll(name);
  }

  /** The first value of a header, empty if it is not there. */
  public String header(String name) {
    String value = headers.get(name);
    return value == null ? "" : value;
  }

  /** The names of all headers, each once, whatever its case. */
  public Collection<String> headerNames() {
    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    names.addAll(headers.names());
    return names;
  }

  /**
   * All values of a header as {@link #target} is text: bytes that are not UTF-8 are kept as {@link
   * GoText} keeps them.
   */
  public List<String> headerTexts(String name) {
    List<String> values = headers.getAll(name);
    if (values.isEmpty()) {
      return values;
    }
    List<String> texts = new ArrayList<>(values.size());
    for (String value : values) {
      texts.add(text(value));
    }
    return texts;
  }

  /** Whether any header's name begins like this, in whatever case. */
  public boolean hasHeaderBeginning(String prefix) {
    for (String name : headers.names()) {
      if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
        return true;
      }
    }
    return false;
  }

  /** What the client presented in the handshake, DER, leaf first; not to be changed. */
  public List<byte[]> clientCertificates() {
    return connection.clientCertificates();
  }

  /** The address that the connection comes from, as text without port. */
  public String remoteAddress() {
    if (connection.remote() instanceof InetSocketAddress address) {
      InetAddress host = address.getAddress();
      return host == null ? address.getHostString() : host.getHostAddress();
    }
    return "";
  }

  /** Whether it came over HTTP/2. */
  public boolean isHttp2() {
    return connection.http2();
  }

  // The decoder makes one character of each byte.
  private static String text(String oneCharacterPerByte) {
    for (int i = 0; i < oneCharacterPerByte.length(); i++) {
      if (oneCharacterPerByte.charAt(i) > 0x7F) {
        byte[] bytes = oneCharacterPerByte.getBytes(StandardCharsets.ISO_8859_1);
        return GoText.ofUtf8(bytes, 0, bytes.length);
      }
    }
    return oneCharacterPerByte;
  }
}

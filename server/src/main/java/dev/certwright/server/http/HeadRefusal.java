package dev.certwright.server.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why a head of HTTP/1 that can be read is refused all the same, as Go's server refuses it ({@code
 * readRequest} of net/http, RFC 9112 section 3.2).
 *
 * @param status 400, 417, 431 or 505
 * @param why empty if the status says all
 */
record HeadRefusal(int status, String why) {
  private static final String HOST_MARKS = "!$%&'()*+,-.:;=[]_~";

  /** The refusal of a head; null if there is none. */
  static @Nullable HeadRefusal of(HttpRequest request) {
    HttpVersion version = request.protocolVersion();
    if (!version.protocolName().equals("HTTP")
        || version.majorVersion() > 9
        || version.minorVersion() > 9) {
      return new HeadRefusal(400, "");
    }
    List<String> hosts = request.headers().getAll(HttpHeaderNames.HOST);
    if (hosts.size() > 1) {
      return new HeadRefusal(400, "");
    }
    if (version.majorVersion() != 1) {
      return new HeadRefusal(505, "unsupported protocol version");
    }
    if (hosts.isEmpty()) {
      if (version.minorVersion() >= 1 && !request.method().equals(HttpMethod.CONNECT)) {
        return new HeadRefusal(400, "missing required Host header");
      }
    } else if (!isHost(hosts.get(0))) {
      return new HeadRefusal(400, "malformed Host header");
    }
    String expected = request.headers().get(HttpHeaderNames.EXPECT, "");
    if (!expected.isEmpty()
        && !request
            .headers()
            .containsValue(HttpHeaderNames.EXPECT, HttpHeaderValues.CONTINUE, true)) {
      return new HeadRefusal(417, "");
    }
    return null;
  }

  private static boolean isHost(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      boolean alphanumeric = c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
      if (!alphanumeric && HOST_MARKS.indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}

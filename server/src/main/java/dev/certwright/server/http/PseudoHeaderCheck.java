package dev.certwright.server.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderValidationUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * Refuses requests whose pseudo headers Go's server would not take (RFC 9113, sections 8.3.1 and
 * 8.5). That those which must be there are there, and none in trailers, the decoder sees itself.
 */
final class PseudoHeaderCheck extends Http2FrameListenerDecorator {
  PseudoHeaderCheck(Http2FrameListener listener) {
    super(listener);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context,
      int stream,
      Http2Headers headers,
      int padding,
      boolean endOfStream)
      throws Http2Exception {
    check(stream, headers);
    super.onHeadersRead(context, stream, headers, padding, endOfStream);
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context,
      int stream,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean endOfStream)
      throws Http2Exception {
    check(stream, headers);
    super.onHeadersRead(
        context, stream, headers, dependency, weight, exclusive, padding, endOfStream);
  }

  private static void check(int stream, Http2Headers headers) throws Http2Exception {
    CharSequence method = headers.method();
    // Without a method these are trailers.
    if (method != null && !isRequest(method, headers)) {
      throw Http2Exception.streamError(
          stream, Http2Error.PROTOCOL_ERROR, "pseudo headers that make no request");
    }
  }

  private static boolean isRequest(CharSequence method, Http2Headers headers) {
    for (Http2Headers.PseudoHeaderName name : Http2Headers.PseudoHeaderName.values()) {
      if (headers.getAll(name.value()).size() > 1) {
        return false;
      }
    }
    if (method.length() == 0
        || HttpHeaderValidationUtil.validateToken(method) >= 0
        || headers.status() != null
        || headers.contains(Http2Headers.PseudoHeaderName.PROTOCOL.value())) {
      return false;
    }
    CharSequence scheme = headers.scheme();
    CharSequence path = headers.path();
    if (AsciiString.contentEquals("CONNECT", method)) {
      CharSequence authority = headers.authority();
      return scheme == null && path == null && authority != null && authority.length() > 0;
    }
    return !hasUserInfo(headers.authority())
        && path != null
        && path.length() > 0
        && !hasControl(path)
        && scheme != null
        && (AsciiString.contentEquals("https", scheme)
            || AsciiString.contentEquals("http", scheme));
  }

  // RFC 9113, section 8.3.1: what stands before an @ is for nobody to see.
  private static boolean hasUserInfo(@Nullable CharSequence authority) {
    return authority != null && AsciiString.indexOf(authority, '@', 0) >= 0;
  }

  private static boolean hasControl(CharSequence path) {
    for (int i = 0; i < path.length(); i++) {
      if (path.charAt(i) < ' ' || path.charAt(i) == 0x7F) {
        return true;
      }
    }
    return false;
  }
}

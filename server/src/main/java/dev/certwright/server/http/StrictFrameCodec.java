package dev.certwright.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.DecoratingHttp2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2ConnectionEncoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameCodec;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2Settings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frames of a client that keeps to the rules: a malformed request (RFC 9113, section 8.1.1) resets
 * its stream, and a connection that goes on so is ended. Nothing is read after an error of the
 * connection.
 */
final class StrictFrameCodec extends Http2FrameCodec {
  // A client that means well sends none.
  private static final int MOST_MALFORMED = 10;

  private int malformed;
  private boolean ended;

  private StrictFrameCodec(
      Http2ConnectionEncoder encoder, Http2ConnectionDecoder decoder, Http2Settings settings) {
    super(encoder, decoder, settings, false, true);
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (ended) {
      in.skipBytes(in.readableBytes());
    } else {
      super.decode(context, in, out);
    }
  }

  @Override
  public void onError(ChannelHandlerContext context, boolean outbound, Throwable cause) {
    Http2Exception known = Http2CodecUtil.getEmbeddedHttp2Exception(cause);
    boolean itsFault =
        !outbound
            && Http2Exception.isStreamError(known)
            && known.error() == Http2Error.PROTOCOL_ERROR;
    if (itsFault && ++malformed > MOST_MALFORMED) {
      super.onError(
          context,
          false,
          Http2Exception.connectionError(
              Http2Error.ENHANCE_YOUR_CALM, "more than %d malformed requests", MOST_MALFORMED));
    } else {
      super.onError(context, outbound, cause);
    }
  }

  @Override
  protected void onConnectionError(
      ChannelHandlerContext context,
      boolean outbound,
      Throwable cause,
      @Nullable Http2Exception known) {
    ended = true;
    super.onConnectionError(context, outbound, cause, known);
  }

  /** Makes one for a connection. */
  static final class Builder extends Http2FrameCodecBuilder {
    Builder() {
      validateRequiredPseudoHeaders(true);
    }

    @Override
    public boolean isServer() {
      return true;
    }

    @Override
    protected Http2FrameCodec build(
        Http2ConnectionDecoder decoder, Http2ConnectionEncoder encoder, Http2Settings settings) {
      Http2ConnectionDecoder checking =
          new DecoratingHttp2ConnectionDecoder(decoder) {
            @Override
            public void frameListener(Http2FrameListener listener) {
              super.frameListener(new PseudoHeaderCheck(listener));
            }
          };
      StrictFrameCodec codec = new StrictFrameCodec(encoder, checking, settings);
      codec.gracefulShutdownTimeoutMillis(gracefulShutdownTimeoutMillis());
      return codec;
    }
  }
}

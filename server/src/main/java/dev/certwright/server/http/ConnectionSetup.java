package dev.certwright.server.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ApplicationProtocolNegotiationHandler;
import io.netty.handler.ssl.SniHandler;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.Mapping;
import java.security.cert.Certificate;
import java.security.cert.CertificateEncodingException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;

/** Builds up a new connection: TLS by the host that the client names, then HTTP as it wants it. */
@SuppressWarnings("FutureReturnValueIgnored") // What fails ends the connection, which is seen.
final class ConnectionSetup extends ChannelInitializer<SocketChannel> {
  private static final int LARGEST_CLIENT_HELLO = 16 << 10;
  private static final int RESETS_PER_WINDOW = 200;
  private static final int WINDOW_SECONDS = 30;

  private final Mapping<String, SslContext> contexts;
  private final RequestHandler handler;
  private final FrontLimits limits;
  private final ChannelGroup open;
  private final AtomicLong bodies = new AtomicLong();
  private final UntakenAnswers answers;

  ConnectionSetup(
      Mapping<String, SslContext> contexts,
      RequestHandler handler,
      FrontLimits limits,
      ChannelGroup open) {
    this.contexts = contexts;
    this.handler = handler;
    this.limits = limits;
    this.open = open;
    this.answers = new UntakenAnswers(limits.answers());
  }

  @Override
  protected void initChannel(SocketChannel channel) {
    if (open.size() >= limits.connections()) {
      channel.close();
      return;
    }
    open.add(channel);
    long handshake = limits.handshake().toMillis();
    Mapping<? super String, ? extends SslContext> mapping = contexts;
    channel.pipeline().addLast(new Sni(mapping, handshake)).addLast(new Negotiation());
  }

  /** Limits the whole handshake, not only the first message. */
  private static final class Sni extends SniHandler {
    private final long handshakeMillis;

    Sni(Mapping<? super String, ? extends SslContext> mapping, long handshakeMillis) {
      super(mapping, LARGEST_CLIENT_HELLO, handshakeMillis);
      this.handshakeMillis = handshakeMillis;
    }

    @Override
    protected SslHandler newSslHandler(
        SslContext context, io.netty.buffer.ByteBufAllocator allocator) {
      SslHandler tls = super.newSslHandler(context, allocator);
      tls.setHandshakeTimeoutMillis(handshakeMillis);
      return tls;
    }
  }

  private final class Negotiation extends ApplicationProtocolNegotiationHandler {
    Negotiation() {
      super(ApplicationProtocolNames.HTTP_1_1);
    }

    @Override
    protected void configurePipeline(ChannelHandlerContext context, String protocol) {
      boolean http2 = protocol.equals(ApplicationProtocolNames.HTTP_2);
      ChannelPipeline pipeline = context.pipeline();
      Request.Connection connection =
          new Request.Connection(certificates(pipeline), context.channel().remoteAddress(), http2);
      ConnectionClock clock = new ConnectionClock(limits);
      pipeline.addLast(clock);
      if (http2) {
        addHttp2(pipeline, connection, clock);
      } else {
        pipeline.addLast(
            new HttpServerCodec(
                new HttpDecoderConfig()
                    .setMaxInitialLineLength(limits.requestLine())
                    .setMaxHeaderSize(limits.headers())));
        pipeline.addLast(new ExchangeHandler(handler, connection, limits, bodies, answers, clock));
      }
    }

    @Override
    protected void handshakeFailure(ChannelHandlerContext context, Throwable cause) {
      // What a client does wrong in TLS is no event of ours.
      context.close();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }

  private void addHttp2(
      ChannelPipeline pipeline, Request.Connection connection, ConnectionClock clock) {
    pipeline.addLast(
        new StrictFrameCodec.Builder()
            .initialSettings(
                Http2Settings.defaultSettings()
                    .maxConcurrentStreams(limits.streams())
                    .maxHeaderListSize(limits.headers()))
            .decoderEnforceMaxRstFramesPerWindow(RESETS_PER_WINDOW, WINDOW_SECONDS)
            .gracefulShutdownTimeoutMillis(limits.body().toMillis())
            .build());
    pipeline.addLast(
        new Http2MultiplexHandler(
            new ChannelInitializer<Channel>() {
              @Override
              protected void initChannel(Channel stream) {
                stream
                    .pipeline()
                    .addLast(new Http2StreamFrameToHttpObjectCodec(true))
                    .addLast(
                        new ExchangeHandler(handler, connection, limits, bodies, answers, clock));
              }
            }));
    pipeline.addLast(new Ending());
  }

  /** What a client does wrong on the connection itself ends it, and is no event of ours. */
  private static final class Ending extends ChannelInboundHandlerAdapter {
    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      // Errors of HTTP/2 end it by themselves, with a GOAWAY that says why.
      if (Http2CodecUtil.getEmbeddedHttp2Exception(cause) == null) {
        context.close();
      }
    }
  }

  // Taken once, at the handshake: nothing on the connection changes who it is.
  private static List<byte[]> certificates(ChannelPipeline pipeline) {
    SSLEngine engine = pipeline.get(SslHandler.class).engine();
    List<byte[]> presented = new ArrayList<>();
    try {
      for (Certificate certificate : engine.getSession().getPeerCertificates()) {
        presented.add(certificate.getEncoded());
      }
    } catch (SSLPeerUnverifiedException none) {
      presented.clear();
    } catch (CertificateEncodingException unreadable) {
      throw new IllegalStateException("the client's certificates have no encoding", unreadable);
    }
    // The session must not be good for another connection.
    engine.getSession().invalidate();
    return List.copyOf(presented);
  }
}

package dev.certwright.server.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.util.Mapping;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A socket that listens, its connections and their threads. */
public final class HttpFront implements AutoCloseable {
  private static final int BACKLOG = 1024;

  // Netty tells of each frame that it ignores and of each client that takes nothing, which would
  // let
  // clients write the log. Held, because a logger that nobody holds forgets its level.
  private static final Logger FRAMES = Logger.getLogger("io.netty.handler.codec.http2");
  private static final Logger TLS = Logger.getLogger("io.netty.handler.ssl.SslHandler");

  static {
    FRAMES.setLevel(Level.WARNING);
    TLS.setLevel(Level.SEVERE);
  }

  private final EventLoopGroup threads;
  private final Channel listening;
  private final ChannelGroup open;

  private HttpFront(EventLoopGroup threads, Channel listening, ChannelGroup open) {
    this.threads = threads;
    this.listening = listening;
    this.open = open;
  }

  /**
   * Listens.
   *
   * @param address where; port 0 is any free one
   * @param contexts TLS by the host that a client names, which may be null
   * @throws IOException if the address is not to be had
   */
  public static HttpFront start(
      InetSocketAddress address,
      Mapping<String, SslContext> contexts,
      RequestHandler handler,
      FrontLimits limits)
      throws IOException {
    EventLoopGroup threads =
        new MultiThreadIoEventLoopGroup(
            Math.max(2, Runtime.getRuntime().availableProcessors()),
            new DefaultThreadFactory("certwright-server", true),
            NioIoHandler.newFactory());
    ChannelGroup open = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(threads)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_BACKLOG, BACKLOG)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.SO_KEEPALIVE, true)
            .childHandler(new ConnectionSetup(contexts, handler, limits, open));
    ChannelFuture bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      threads.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
      Throwable cause = bound.cause();
      throw new IOException(
          "cannot listen on " + address + ": " + (cause == null ? "" : cause.getMessage()), cause);
    }
    return new HttpFront(threads, bound.channel(), open);
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return (InetSocketAddress) listening.localAddress();
  }

  /** How many connections are open. */
  public int connections() {
    return open.size();
  }

  /** Takes no new connections and ends those that are open. */
  @Override
  public void close() {
    listening.close().awaitUninterruptibly();
    open.close().awaitUninterruptibly(5, TimeUnit.SECONDS);
    threads.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(5, TimeUnit.SECONDS);
  }
}

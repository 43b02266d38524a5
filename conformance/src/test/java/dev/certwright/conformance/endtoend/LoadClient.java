package dev.certwright.conformance.endtoend;

import dev.certwright.authority.file.AuthorityFiles;
import dev.certwright.x509.key.PasswordSource;
import dev.certwright.x509.key.PrivateKeyReader;
import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Very many connections with a client certificate, on a few threads. Each is a full handshake. */
final class LoadClient implements AutoCloseable {
  private final EventLoopGroup threads =
      new MultiThreadIoEventLoopGroup(2, NioIoHandler.newFactory());
  private final Bootstrap bootstrap =
      new Bootstrap()
          .group(threads)
          .channel(NioSocketChannel.class)
          .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 60_000);
  private final URI url;
  private final SslContext context;

  /**
   * For one server.
   *
   * @param client folder with {@code client.crt} and {@code client.key}
   * @param protocol {@code http/1.1} or {@code h2}
   */
  LoadClient(String url, Path authority, Path client, String protocol) {
    this.url = URI.create(url);
    try {
      PrivateKey key =
          KeyFactory.getInstance("EC")
              .generatePrivate(
                  new PKCS8EncodedKeySpec(
                      PrivateKeyReader.read(
                              Files.readAllBytes(client.resolve("client.key")), PasswordSource.NONE)
                          .encodePrivateKeyPkcs8()));
      this.context =
          SslContextBuilder.forClient()
              .keyManager(key, certificate(client.resolve("client.crt")))
              .keyStoreType("JKS")
              .trustManager(certificate(authority))
              .endpointIdentificationAlgorithm("")
              .sessionCacheSize(1)
              .sessionTimeout(1)
              .applicationProtocolConfig(
                  new ApplicationProtocolConfig(
                      ApplicationProtocolConfig.Protocol.ALPN,
                      ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                      ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                      protocol.equals("h2")
                          ? ApplicationProtocolNames.HTTP_2
                          : ApplicationProtocolNames.HTTP_1_1))
              .build();
    } catch (GeneralSecurityException | IOException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static X509Certificate certificate(Path file) throws GeneralSecurityException {
    return (X509Certificate)
        CertificateFactory.getInstance("X.509")
            .generateCertificate(
                new ByteArrayInputStream(AuthorityFiles.readCertificates(file).get(0).encoded()));
  }

  /** A connection whose handshake is done; what comes on it is counted and forgotten. */
  CompletableFuture<Channel> connect() {
    CompletableFuture<Channel> connected = new CompletableFuture<>();
    ChannelFuture opening =
        bootstrap
            .clone()
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel channel) {
                    SslHandler tls = context.newHandler(channel.alloc());
                    tls.setHandshakeTimeout(2, TimeUnit.MINUTES);
                    channel.pipeline().addLast(tls).addLast(new Forgetting());
                    var unused =
                        tls.handshakeFuture()
                            .addListener(
                                done -> {
                                  if (done.isSuccess()) {
                                    connected.complete(channel);
                                  } else {
                                    connected.completeExceptionally(done.cause());
                                  }
                                });
                  }
                })
            .connect(url.getHost(), url.getPort());
    opening.addListener(
        done -> {
          if (!done.isSuccess()) {
            connected.completeExceptionally(done.cause());
          }
        });
    return connected;
  }

  /** Closes, and waits for nothing. */
  static void close(Channel channel) {
    var unused = channel.close();
  }

  /** Sends text as it is. */
  static void send(Channel channel, String text) {
    send(channel, Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1));
  }

  /** Sends bytes as they are, and waits while the other side takes none. */
  static boolean send(Channel channel, ByteBuf bytes) {
    return channel.writeAndFlush(bytes).awaitUninterruptibly().isSuccess();
  }

  private static final class Forgetting extends SimpleChannelInboundHandler<ByteBuf> {
    @Override
    protected void channelRead0(ChannelHandlerContext context, ByteBuf bytes) {
      // What a server says under load is asked for elsewhere.
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      LoadClient.close(context.channel());
    }
  }

  @Override
  public void close() {
    threads.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}

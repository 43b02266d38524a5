package dev.certwright.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.Http2CodecUtil;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.util.AttributeKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Takes requests apart into head and body for a {@link RequestHandler} and sends its answers: one
 * after the other on an HTTP/1.1 connection, a single one on a stream of HTTP/2. Lives on the
 * connection's thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails ends the connection, which is seen.
final class ExchangeHandler extends SimpleChannelInboundHandler<HttpObject> {
  private static final AttributeKey<Boolean> GOING_AWAY = AttributeKey.valueOf("going-away");
  private static final long GOAWAY_SECONDS = 1;

  private final RequestHandler handler;
  private final Request.Connection connection;
  private final FrontLimits limits;
  private final AtomicLong bodies;
  private final UntakenAnswers answers;
  private final ConnectionClock clock;

  // The one whose request is still being received, or that streams.
  private @Nullable Exchange exchange;
  private @Nullable ByteArrayOutputStream body;
  private @Nullable ScheduledFuture<?> timer;
  private @Nullable NettyStreamSink sink;
  private boolean head;
  private boolean waiting;
  private boolean bodyEnded;
  private boolean keepAlive;
  private boolean closing;

  ExchangeHandler(
      RequestHandler handler,
      Request.Connection connection,
      FrontLimits limits,
      AtomicLong bodies,
      UntakenAnswers answers,
      ConnectionClock clock) {
    this.handler = handler;
    this.connection = connection;
    this.limits = limits;
    this.bodies = bodies;
    this.answers = answers;
    this.clock = clock;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, HttpObject message) {
    if (closing) {
      return;
    }
    if (message.decoderResult().isFailure()) {
      malformed(context, message.decoderResult().cause());
      return;
    }
    if (message instanceof HttpRequest request) {
      begin(context, request);
    }
    Exchange current = exchange;
    if (message instanceof HttpContent content && current != null && sink == null) {
      receive(context, current, content);
    }
  }

  private void malformed(ChannelHandlerContext context, @Nullable Throwable cause) {
    closing = true;
    if (exchange != null || connection.http2()) {
      context.close();
      return;
    }
    boolean tooLong =
        cause instanceof TooLongHttpLineException || cause instanceof TooLongHttpHeaderException;
    head = false;
    refuse(context, new HeadRefusal(tooLong ? 431 : 400, ""));
  }

  private void refuse(ChannelHandlerContext context, HeadRefusal refusal) {
    closing = true;
    keepAlive = false;
    String status = HttpResponseStatus.valueOf(refusal.status()).toString();
    String text = refusal.why().isEmpty() ? status : status + ": " + refusal.why();
    send(context, handler.malformed(refusal.status(), text).closing(), null);
  }

  private void begin(ChannelHandlerContext context, HttpRequest request) {
    if (exchange != null || !connection.http2() && !context.channel().isWritable()) {
      // Another request while a stream goes on, or while answers are not taken.
      closing = true;
      context.close();
      return;
    }
    head = request.method().equals(HttpMethod.HEAD);
    HeadRefusal refusal = connection.http2() ? null : HeadRefusal.of(request);
    if (refusal != null) {
      refuse(context, refusal);
      return;
    }
    keepAlive = connection.http2() || HttpUtil.isKeepAlive(request);
    clock.began();
    Exchange begun =
        handler.begin(
            new Request(request.method().name(), request.uri(), request.headers(), connection));
    exchange = begun;
    bodyEnded = false;
    boolean announced = announcesBody(request);
    proceed(context, begun, announced, HttpUtil.is100ContinueExpected(request));
  }

  private void proceed(
      ChannelHandlerContext context, Exchange begun, boolean announced, boolean expected) {
    CompletionStage<?> awaited = begun.waitsFor();
    waiting = awaited != null;
    context.channel().config().setAutoRead(!waiting);
    if (awaited != null) {
      cancelTimer();
      timer = closeLater(context);
      awaited.whenComplete(
          (unused, failure) ->
              context.executor().execute(() -> again(context, begun, announced, expected)));
      return;
    }
    Response early = begun.early();
    if (early != null) {
      // A body that nobody wants is not waited for.
      keepAlive &= connection.http2() || !announced || bodyEnded;
      respond(context, begun, early);
      return;
    }
    cancelTimer();
    timer = closeLater(context);
    if (expected) {
      context.writeAndFlush(
          new DefaultFullHttpResponse(
              HttpVersion.HTTP_1_1, HttpResponseStatus.CONTINUE, Unpooled.EMPTY_BUFFER));
    }
  }

  private void again(
      ChannelHandlerContext context, Exchange begun, boolean announced, boolean expected) {
    if (exchange != begun || closing) {
      return;
    }
    begun.again();
    proceed(context, begun, announced, expected);
    if (exchange == begun && !waiting && bodyEnded && sink == null) {
      answer(context, begun);
    }
  }

  private static boolean announcesBody(HttpRequest request) {
    return HttpUtil.isTransferEncodingChunked(request)
        || HttpUtil.isContentLengthSet(request) && HttpUtil.getContentLength(request, 0L) != 0;
  }

  private void receive(ChannelHandlerContext context, Exchange current, HttpContent content) {
    ByteBuf bytes = content.content();
    // Of whom nothing is known yet, no more is taken than what came with the head.
    if (bytes.isReadable() && !keep(current, bytes)) {
      waiting = false;
      keepAlive &= connection.http2();
      respond(context, current, current.tooLarge());
    } else if (content instanceof LastHttpContent) {
      bodyEnded = true;
      if (!waiting) {
        answer(context, current);
      }
    }
  }

  private void answer(ChannelHandlerContext context, Exchange current) {
    byte[] whole = body == null ? new byte[0] : body.toByteArray();
    Response response = current.answer(whole);
    CompletionStage<?> awaited = current.waitsFor();
    if (response != null) {
      respond(context, current, response);
    } else if (awaited != null) {
      waiting = true;
      context.channel().config().setAutoRead(false);
      cancelTimer();
      timer = closeLater(context);
      awaited.whenComplete(
          (unused, failure) -> context.executor().execute(() -> answerNow(context, current)));
    }
  }

  private void answerNow(ChannelHandlerContext context, Exchange current) {
    if (exchange == current && !closing) {
      waiting = false;
      answer(context, current);
    }
  }

  private boolean keep(Exchange current, ByteBuf bytes) {
    int count = bytes.readableBytes();
    int before = body == null ? 0 : body.size();
    if (before + count > current.bodyLimit()) {
      return false;
    }
    if (bodies.addAndGet(count) > limits.bodies()) {
      bodies.addAndGet(-count);
      return false;
    }
    ByteArrayOutputStream into = body;
    if (into == null) {
      into = new ByteArrayOutputStream(count);
      body = into;
    }
    try {
      bytes.readBytes(into, count);
    } catch (IOException impossible) {
      throw new IllegalStateException(impossible);
    }
    return true;
  }

  private void forgetBody() {
    if (body != null) {
      bodies.addAndGet(-body.size());
      body = null;
    }
  }

  private void respond(ChannelHandlerContext context, Exchange current, Response response) {
    context.channel().config().setAutoRead(true);
    forgetBody();
    cancelTimer();
    ResponseStream stream = response.stream();
    if (stream != null && !head) {
      stream(context, current, response, stream);
    } else {
      exchange = null;
      send(context, response, current);
    }
  }

  private void send(ChannelHandlerContext context, Response response, @Nullable Exchange current) {
    boolean last = !keepAlive || response.isClosing();
    ByteBuf content = head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(response.body());
    DefaultFullHttpResponse message =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()), content);
    fill(message, response, last);
    message.headers().set(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
    closing |= last;
    ScheduledFuture<?> untaken = closeLater(context);
    ChannelFuture sent = context.writeAndFlush(message);
    answers.count(sent, response.body().length);
    sent.addListener(
        future -> {
          untaken.cancel(false);
          if (current != null) {
            over(current);
          }
          if (last) {
            closeConnection(context);
          }
        });
  }

  private void closeConnection(ChannelHandlerContext context) {
    Channel parent = context.channel().parent();
    if (connection.http2() && parent != null) {
      if (parent.attr(GOING_AWAY).setIfAbsent(true) == null) {
        parent.writeAndFlush(new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR));
        // Waits for the streams that are open. At once, while the client still writes, it would be
        // a
        // reset that takes the answer with it; Go's server waits as long (rule U-09).
        ScheduledFuture<?> unused =
            parent.eventLoop().schedule(() -> parent.close(), GOAWAY_SECONDS, TimeUnit.SECONDS);
      }
    } else {
      context.close();
    }
  }

  private void stream(
      ChannelHandlerContext context, Exchange current, Response response, ResponseStream stream) {
    DefaultHttpResponse message =
        new DefaultHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()));
    boolean last = !keepAlive || response.isClosing();
    fill(message, response, last);
    if (!connection.http2()) {
      message.headers().set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
    }
    NettyStreamSink opened =
        new NettyStreamSink(context, answers, () -> streamEnded(context, last));
    sink = opened;
    context
        .writeAndFlush(message)
        .addListener(
            future -> {
              if (future.isSuccess()) {
                stream.open(opened);
              }
            });
    current.streaming();
  }

  private void streamEnded(ChannelHandlerContext context, boolean last) {
    Exchange current = exchange;
    if (current == null) {
      return;
    }
    exchange = null;
    sink = null;
    ScheduledFuture<?> untaken = closeLater(context);
    context
        .writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT)
        .addListener(
            future -> {
              untaken.cancel(false);
              over(current);
              if (last) {
                closeConnection(context);
              }
            });
  }

  private void fill(HttpResponse message, Response response, boolean last) {
    if (!response.contentType().isEmpty()) {
      message.headers().set(HttpHeaderNames.CONTENT_TYPE, response.contentType());
    }
    for (Header header : response.headers()) {
      message.headers().add(header.name(), header.value());
    }
    if (!connection.http2() && last) {
      message.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    }
  }

  // What does not get on in this time is given up: a body that does not come, an answer not taken.
  private ScheduledFuture<?> closeLater(ChannelHandlerContext context) {
    return context
        .executor()
        .schedule(
            () -> {
              context.close();
            },
            limits.body().toMillis(),
            TimeUnit.MILLISECONDS);
  }

  private void cancelTimer() {
    if (timer != null) {
      timer.cancel(false);
      timer = null;
    }
  }

  private void over(Exchange ended) {
    clock.ended();
    ended.finished();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext context) {
    NettyStreamSink open = sink;
    if (open != null && context.channel().isWritable()) {
      open.writable();
    }
    context.fireChannelWritabilityChanged();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    cancelTimer();
    forgetBody();
    Exchange cut = exchange;
    exchange = null;
    NettyStreamSink open = sink;
    sink = null;
    if (open != null) {
      open.closed();
    }
    if (cut != null) {
      over(cut);
    }
    context.fireChannelInactive();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (cause instanceof DecoderException || cause instanceof Http2Exception) {
      ofClient(context, cause);
      return;
    }
    if (cause instanceof RuntimeException || cause instanceof Error) {
      System.getLogger(ExchangeHandler.class.getName())
          .log(System.Logger.Level.ERROR, "a request was not answered", cause);
    }
    context.close();
  }

  // What cannot be decoded is the client's doing: nothing to log, or it could fill the disk with
  // it.
  private void ofClient(ChannelHandlerContext context, Throwable cause) {
    closing = true;
    if (connection.http2()) {
      // Unhandled, it resets the stream with its own error code.
      context.fireExceptionCaught(
          Http2CodecUtil.getEmbeddedHttp2Exception(cause) != null
              ? cause
              : new Http2Exception(Http2Error.PROTOCOL_ERROR, "not decodable", cause));
    } else {
      context.close();
    }
  }

  /** Content on its way to the client. */
  static DefaultHttpContent content(byte[] bytes) {
    return new DefaultHttpContent(Unpooled.wrappedBuffer(bytes));
  }
}

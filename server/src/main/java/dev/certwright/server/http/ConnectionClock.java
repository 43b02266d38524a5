package dev.certwright.server.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes connections that do nothing for too long, and such that send a head byte by byte. Stands
 * between TLS and HTTP; lives on the connection's thread.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails ends the connection, which is seen.
final class ConnectionClock extends ChannelInboundHandlerAdapter {
  private final FrontLimits limits;
  private boolean inHead;
  private int running;
  private long deadline;
  private @Nullable ScheduledFuture<?> timer;

  ConnectionClock(FrontLimits limits) {
    this.limits = limits;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    deadline = System.nanoTime() + limits.idle().toNanos();
    schedule(context);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    if (timer != null) {
      timer.cancel(false);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    if (running == 0 && !inHead && message instanceof ByteBuf) {
      inHead = true;
      deadline = System.nanoTime() + limits.head().toNanos();
    }
    context.fireChannelRead(message);
  }

  /** A head has come whole: others watch over the rest. */
  void began() {
    inHead = false;
    running++;
  }

  /** An exchange is over. */
  void ended() {
    running--;
    if (running == 0) {
      inHead = false;
      deadline = System.nanoTime() + limits.idle().toNanos();
    }
  }

  // Deadlines move far more often than they pass: the timer looks again instead of being reset.
  private void schedule(ChannelHandlerContext context) {
    long wait = Math.max(deadline - System.nanoTime(), TimeUnit.MILLISECONDS.toNanos(10));
    long head = limits.head().toNanos();
    timer =
        context
            .executor()
            .schedule(() -> check(context), Math.min(wait, head), TimeUnit.NANOSECONDS);
  }

  private void check(ChannelHandlerContext context) {
    if (running == 0 && System.nanoTime() - deadline >= 0) {
      context.close();
    } else if (context.channel().isActive()) {
      schedule(context);
    }
  }
}

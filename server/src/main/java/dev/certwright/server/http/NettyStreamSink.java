package dev.certwright.server.http;

import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayList;
import java.util.List;

/** A stream on a connection. */
@SuppressWarnings("FutureReturnValueIgnored") // What fails ends the connection, which is seen.
final class NettyStreamSink implements StreamSink {
  private final ChannelHandlerContext context;
  private final UntakenAnswers answers;
  private final Runnable atEnd;
  private final List<Runnable> actions = new ArrayList<>();
  private volatile Runnable whenWritable = () -> {};
  private boolean over;

  NettyStreamSink(ChannelHandlerContext context, UntakenAnswers answers, Runnable atEnd) {
    this.context = context;
    this.answers = answers;
    this.atEnd = atEnd;
  }

  @Override
  public void write(byte[] bytes) {
    if (!isOver()) {
      answers.count(context.writeAndFlush(ExchangeHandler.content(bytes)), bytes.length);
    }
  }

  @Override
  public boolean isWritable() {
    return context.channel().isWritable();
  }

  @Override
  public void onWritable(Runnable action) {
    whenWritable = action;
  }

  // Later, because it is told in the middle of writing, and each answer to it may write again.
  void writable() {
    context.executor().execute(whenWritable);
  }

  @Override
  public void end() {
    if (close()) {
      context.executor().execute(atEnd);
    }
  }

  @Override
  public void onClose(Runnable action) {
    synchronized (actions) {
      if (!over) {
        actions.add(action);
        return;
      }
    }
    action.run();
  }

  void closed() {
    close();
  }

  private boolean isOver() {
    synchronized (actions) {
      return over;
    }
  }

  private boolean close() {
    List<Runnable> due;
    synchronized (actions) {
      if (over) {
        return false;
      }
      over = true;
      due = List.copyOf(actions);
      actions.clear();
    }
    due.forEach(Runnable::run);
    return true;
  }
}

package dev.certwright.server.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ServerChannel;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Answers that were sent and lie here because their clients do not take them. When they are too
 * much for the memory, the connections that have left theirs lying longest are closed: clients that
 * take what they asked for are not among them. Safe for use by several threads.
 */
@SuppressWarnings("FutureReturnValueIgnored") // What fails ends the connection, which is seen.
final class UntakenAnswers {
  // What an answer costs besides its bytes, with the stream that it waits on.
  private static final int OVERHEAD = 8 << 10;

  private final long most;
  private final Set<Untaken> waiting = new LinkedHashSet<>();
  private long held;

  /** Keeps this many bytes at most, or a single answer. */
  UntakenAnswers(long most) {
    this.most = most;
  }

  private static final class Untaken {
    private final Channel connection;
    private final long bytes;

    Untaken(Channel connection, long bytes) {
      this.connection = connection;
      this.bytes = bytes;
    }
  }

  /**
   * Counts an answer, or a part of one, until it is taken.
   *
   * @param sent tells when
   */
  void count(ChannelFuture sent, long bytes) {
    // Nearly all are.
    if (sent.isDone()) {
      return;
    }
    Untaken untaken = new Untaken(connection(sent.channel()), bytes + OVERHEAD);
    add(untaken).forEach(UntakenAnswers::cut);
    sent.addListener(taken -> remove(untaken));
  }

  private static Channel connection(Channel channel) {
    Channel parent = channel.parent();
    return parent == null || parent instanceof ServerChannel ? channel : parent;
  }

  // Without what the protocols would say and wait for.
  private static void cut(Channel connection) {
    ChannelHandlerContext outermost = connection.pipeline().firstContext();
    if (outermost == null) {
      connection.close();
    } else {
      outermost.close();
    }
  }

  private synchronized List<Channel> add(Untaken untaken) {
    waiting.add(untaken);
    held += untaken.bytes;
    List<Channel> tooSlow = new ArrayList<>();
    Iterator<Untaken> oldest = waiting.iterator();
    while (held > most && waiting.size() > 1) {
      Untaken first = oldest.next();
      oldest.remove();
      held -= first.bytes;
      tooSlow.add(first.connection);
    }
    return tooSlow;
  }

  private synchronized void remove(Untaken untaken) {
    if (waiting.remove(untaken)) {
      held -= untaken.bytes;
    }
  }
}

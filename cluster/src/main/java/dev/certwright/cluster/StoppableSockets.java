package dev.certwright.cluster;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets of one request, which another thread may close while somebody waits for the answer: the
 * client itself only lets go of them when the answer comes.
 */
final class StoppableSockets extends LaidOverSocketFactory {
  private @Nullable Socket connected;
  private boolean stopped;

  StoppableSockets(SSLSocketFactory factory) {
    super(factory);
  }

  @Override
  public Socket createSocket(Socket socket, String host, int port, boolean autoClose)
      throws IOException {
    synchronized (this) {
      if (stopped) {
        throw new IOException("stopped");
      }
      connected = socket;
    }
    return lay(socket, host, port, autoClose);
  }

  /** Ends the connection, now or as soon as it is there. */
  synchronized void stop() {
    stopped = true;
    if (connected != null) {
      try {
        connected.close();
      } catch (IOException closedAnyway) {
        // Whoever reads from it is told the same.
      }
    }
  }
}

package dev.certwright.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;

/**
 * Sockets of one request, which another thread may close while somebody waits for the answer: the
 * client itself only lets go of them when the answer comes.
 */
final class StoppableSockets extends SSLSocketFactory {
  private final SSLSocketFactory factory;
  private @Nullable Socket connected;
  private boolean stopped;

  StoppableSockets(SSLSocketFactory factory) {
    this.factory = factory;
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
    return factory.createSocket(socket, host, port, autoClose);
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

  @Override
  public String[] getDefaultCipherSuites() {
    return factory.getDefaultCipherSuites();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return factory.getSupportedCipherSuites();
  }

  // As with NamedServerSocketFactory, the client lays TLS over a connected socket, always.

  @Override
  public Socket createSocket(String host, int port) {
    throw new UnsupportedOperationException("TLS is laid over a connected socket");
  }

  @Override
  public Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw new UnsupportedOperationException("TLS is laid over a connected socket");
  }

  @Override
  public Socket createSocket(InetAddress host, int port) {
    throw new UnsupportedOperationException("TLS is laid over a connected socket");
  }

  @Override
  public Socket createSocket(InetAddress address, int port, InetAddress local, int localPort) {
    throw new UnsupportedOperationException("TLS is laid over a connected socket");
  }
}

package dev.certwright.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Lays TLS over sockets that are connected already, as the HTTP client always wants it, and does
 * something of its own with each. Connecting here would leave that out, and is refused.
 */
abstract class LaidOverSocketFactory extends SSLSocketFactory {
  private final SSLSocketFactory factory;

  LaidOverSocketFactory(SSLSocketFactory factory) {
    this.factory = factory;
  }

  /** Lays TLS over it without anything else. */
  final Socket lay(Socket socket, String host, int port, boolean autoClose) throws IOException {
    return factory.createSocket(socket, host, port, autoClose);
  }

  @Override
  public final String[] getDefaultCipherSuites() {
    return factory.getDefaultCipherSuites();
  }

  @Override
  public final String[] getSupportedCipherSuites() {
    return factory.getSupportedCipherSuites();
  }

  private static UnsupportedOperationException notConnected() {
    return new UnsupportedOperationException("TLS is laid over a connected socket");
  }

  @Override
  public final Socket createSocket(String host, int port) {
    throw notConnected();
  }

  @Override
  public final Socket createSocket(String host, int port, InetAddress localHost, int localPort) {
    throw notConnected();
  }

  @Override
  public final Socket createSocket(InetAddress host, int port) {
    throw notConnected();
  }

  @Override
  public final Socket createSocket(
      InetAddress address, int port, InetAddress local, int localPort) {
    throw notConnected();
  }
}
